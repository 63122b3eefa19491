/** Grounds: why an answer is as it is, what speaks for it and against it, and what it took for granted. */
import bulb from "lucide-static/icons/lightbulb.svg"
import minus from "lucide-static/icons/minus.svg"
import plus from "lucide-static/icons/plus.svg"
import scale from "lucide-static/icons/scale.svg"
import { h, iconElement } from "../dom"
import type { Column, EventData } from "../events"

/** Reasons on one thread, or both sides with their signs; folded where the data want it. */
export function groundsView(words: string, { columns = [], items = [], fold }: EventData["notice"]): HTMLElement {
  const title = [iconElement(columns.length > 0 ? scale : bulb), h("span", {}, words)]
  const inner = columns.length > 0 ? bothSides(columns) : reasonList(items)
  const kind = `form grounds ${columns.length > 0 ? "sides" : "reasons"}`
  if (!fold) return h("section", { class: kind }, h("p", { class: "title", dir: "auto" }, ...title), inner)
  const head = h("summary", { class: "title", dir: "auto" }, ...title)
  return h("details", { class: kind, open: fold === "open" }, head, inner)
}

const reasonList = (items: readonly string[]): HTMLElement =>
  h("ul", {}, ...items.map((item) => h("li", { dir: "auto" }, item)))

function bothSides(columns: readonly Column[]): HTMLElement {
  const sides = columns.map(({ title, items }) => {
    const speaksFor = title === "For"
    const lines = items.map((item) =>
      h("li", { dir: "auto" }, iconElement(speaksFor ? plus : minus), h("span", {}, item)),
    )
    return h("div", { class: speaksFor ? "for" : "against" }, h("p", {}, title), h("ul", {}, ...lines))
  })
  return h("div", { class: "pair" }, ...sides)
}

/** What was taken for granted, each with the correction that can be pressed in its place. */
export const assumedRows = (items: readonly string[], corrections: readonly HTMLElement[]): HTMLElement[] =>
  items.map((item, place) => h("div", { class: "assumed" }, h("p", { dir: "auto" }, item), corrections[place]))
