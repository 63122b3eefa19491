/** Badge: how sure the model is of an answer, in words, with bars where it is told in steps. */
import { h } from "../dom"
import type { EventData } from "../events"

const BARS = { low: 1, medium: 2, high: 3 }

/** The badge with what it means below it. */
export function badgeView(words: string, { level, legend }: EventData["badge"]): HTMLElement {
  const lit = level ? BARS[level] : 0
  const bars = [1, 2, 3].map((n) => h("i", { class: n <= lit ? "on" : "" }))
  const label = h(
    "span",
    { class: `badge ${lit ? level : "percent"}` },
    lit > 0 && h("span", { class: "bars", "aria-hidden": "true" }, ...bars),
    words,
  )
  return h("div", { class: "rating", dir: "auto" }, label, legend && h("p", { class: "why" }, legend))
}
