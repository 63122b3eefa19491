/** Sources: cards below an answer, and the number of each behind the words that it bears out. */
import { freshId, h } from "../dom"
import { say } from "../phrases"
import type { EventData } from "../events"
import { safeAddress } from "../markdown/links"

const TINTS = 6 // tints of tiles
const EDGE_PX = 8 // pixels between a passage and the edge of its pane

/** The address of a source on the web; null for any other. */
export function webAddress(address: string | undefined): string | null {
  const safe = safeAddress(address ?? "")
  return safe?.startsWith("http") ? safe : null
}

/** A source as a card; `number` where it stands behind words of the answer. */
export function sourceCard(title: string, data: EventData["source"], number: string | null): HTMLElement {
  const address = webAddress(data.address)
  const host = address ? new URL(address).hostname.replace(/^www\./, "") : ""
  const initial = [...(host || title).trim()].find((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? "•"
  const name = h("strong", { dir: "auto" }, title)
  return h(
    "li",
    { id: freshId("source"), class: "source", tabindex: -1 },
    h("span", { class: `tile t${tintOf(host || title)}`, "aria-hidden": "true" }, initial.toUpperCase()),
    h(
      "div",
      { class: "about" },
      address ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, name) : name,
      host && h("span", { class: "host" }, host),
      data.detail && h("p", { class: "passage", dir: "auto" }, data.detail),
    ),
    number && h("span", { class: "num", "aria-label": say("Number {0} in the answer", number) }, number),
  )
}

/** The number behind a claim: it leads to the source on the web, or to its card; the passage shows beside it. */
export function sourceNumber(title: string, data: EventData["source"], number: string, card: HTMLElement): HTMLElement {
  const address = webAddress(data.address)
  const passage = data.preview !== false && passageTip(title, data)
  const label = say("Source {0}: {1}", number, title)
  const described = { "aria-label": label, "aria-describedby": passage ? passage.id : null }
  const onclick = (): void => {
    card.scrollIntoView?.({ block: "nearest" })
    card.focus({ preventScroll: true })
  }
  const link = { ...described, href: address, target: "_blank", rel: "noopener noreferrer" }
  const lead = address ? h("a", link, number) : h("button", { ...described, type: "button", onclick }, number)
  const view = h("sup", { class: "cite" }, "\u2060", lead, passage)
  if (passage) showOnPoint(view, passage)
  return view
}

function passageTip(title: string, data: EventData["source"]): HTMLElement {
  const host = webAddress(data.address) ? new URL(data.address!).hostname.replace(/^www\./, "") : ""
  return h(
    "span",
    { class: "tip", role: "tooltip", id: freshId("passage"), dir: "auto" },
    h("strong", {}, title),
    host && h("span", { class: "host" }, host),
    data.detail && h("span", { class: "quote" }, data.detail),
  )
}

/** Keeps a passage inside its pane while it shows, and puts it away with Escape. */
function showOnPoint(view: HTMLElement, passage: HTMLElement): void {
  const place = (): void => {
    view.classList.remove("away")
    passage.style.setProperty("--shift", "0px")
    const frame = (view.closest(".body") ?? view.closest(".turn"))?.getBoundingClientRect()
    if (!frame) return
    const box = passage.getBoundingClientRect()
    const right = Math.max(0, box.right - (frame.right - EDGE_PX))
    const left = Math.max(0, frame.left + EDGE_PX - box.left)
    passage.style.setProperty("--shift", `${Math.round(left - right)}px`)
  }
  view.addEventListener("pointerenter", place)
  view.addEventListener("focusin", place)
  view.addEventListener("keydown", (event) => {
    if (event.key === "Escape") view.classList.add("away")
  })
}

/** The tint of a tile, the same for the same name. */
function tintOf(name: string): number {
  let sum = 0
  for (const sign of name) sum = (sum * 31 + sign.codePointAt(0)!) % 65_521
  return sum % TINTS
}
