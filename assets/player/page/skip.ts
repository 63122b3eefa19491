/** Skip: the page's first stop for who uses keys, which leads past its head to the panes. */
import { h } from "../dom"
import own from "./skip.css"

/** Puts the link at the beginning of the page; `to` takes the focus. Returns what takes it away. */
export function addSkipLink(to: () => HTMLElement | null): () => void {
  const host = h("div")
  const link = h("button", { type: "button", onclick: () => to()?.focus() }, "Skip to the panes")
  host.attachShadow({ mode: "open" }).append(h("style", {}, own), link)
  document.body.prepend(host)
  return () => host.remove()
}
