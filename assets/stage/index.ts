/** The stage, and its notes. */
import { h } from "../player/dom"
import { StageApi, StageRefused } from "./api"
import { openNotes } from "./notes"
import { Stage } from "./stage"

const root = document.getElementById("stage")!
const token = decodeURIComponent(location.pathname.split("/").at(-1) ?? "")
const api = new StageApi(token)

async function open(): Promise<void> {
  if (new URLSearchParams(location.search).has("notes")) return openNotes(root, api, token)
  new Stage(root, await api.deck(), api, token).show()
}

open().catch((error: unknown) => {
  const words =
    error instanceof StageRefused ? [error.what, error.todo] : ["The deck could not be fetched.", "Load it again."]
  if (!(error instanceof StageRefused)) console.error(error)
  root.replaceChildren(h("p", { class: "loading", role: "alert" }, words.join(" ")))
})
