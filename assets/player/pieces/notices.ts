/** Notices: what stands beside the answer: a line, a card with lists or columns, something to unfold. */
import { h } from "../dom"
import type { Column, EventData } from "../events"
import { workedView } from "./worked"

/** Lines as a list; nothing where there are none. */
export const bulletList = (lines: readonly string[] = []): HTMLElement | false => {
  return lines.length > 0 && h("ul", {}, ...lines.map((line) => h("li", { dir: "auto" }, line)))
}

/** A notice as its data want it. */
export function noticeView(words: string, data: EventData["notice"]): HTMLElement {
  const tone = data.tone ?? "info"
  if (tone === "steps" || tone === "thoughts") return workedView(words, data)
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
