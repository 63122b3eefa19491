/** Notices: what stands beside the answer: a line, a card with lists or columns, something to unfold. */
import shuffle from "lucide-static/icons/shuffle.svg"
import alert from "lucide-static/icons/triangle-alert.svg"
import { h, iconElement } from "../dom"
import type { Column, EventData } from "../events"
import { plainWords } from "../markdown/plain"
import { groundsView } from "./grounds"
import { workedView } from "./worked"

/** Lines as a list; nothing where there are none. */
export const bulletList = (lines: readonly string[] = []): HTMLElement | false => {
  return lines.length > 0 && h("ul", {}, ...lines.map((line) => h("li", { dir: "auto" }, line)))
}

/** A notice as its data want it. */
export function noticeView(words: string, data: EventData["notice"]): HTMLElement {
  const tone = data.tone ?? "info"
  if (tone === "steps" || tone === "thoughts") return workedView(words, data)
  if (tone === "card" && (data.items?.length || data.columns?.length)) return groundsView(words, data)
  if (tone === "caution") return cautionView(words, data.items)
  const inner = [columns(data.columns), bulletList(data.items)]
  if (!inner.some(Boolean)) return h("p", { class: `notice ${tone}`, dir: "auto" }, words)
  if (data.fold === "open" || data.fold === "closed")
    return h(
      "details",
      { class: `notice fold ${tone}`, dir: "auto", open: data.fold === "open" },
      h("summary", {}, words),
      ...inner,
    )
  return h("div", { class: `notice ${tone}`, dir: "auto" }, h("p", {}, words), ...inner)
}

/** A warning, or what the model says differently each time that it is asked. */
function cautionView(words: string, items: readonly string[] = []): HTMLElement {
  const sign = iconElement(items.length > 0 ? shuffle : alert)
  const list = bulletList(items.map(plainWords))
  return h("div", { class: "notice caution" }, sign, h("div", { dir: "auto" }, h("p", {}, words), list))
}

function columns(sides: readonly Column[] = []): HTMLElement | false {
  if (!sides.length) return false
  return h(
    "div",
    { class: "columns" },
    ...sides.map((side) => h("div", {}, h("p", {}, side.title), bulletList(side.items))),
  )
}

/** Tells somebody who looks at another tab, in the title of this one, until they are back. */
export function ringTitle(): void {
  if (!document.hidden) return
  const before = document.title
  document.title = `● Ready · ${before}`
  document.addEventListener("visibilitychange", () => (document.title = before), { once: true })
}
