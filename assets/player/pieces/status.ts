/** Status: what is shown while nothing can be read yet: a spinner, a bar, a skeleton, dots or steps. */
import { h, setText } from "../dom"
import type { EventData } from "../events"
import { addStep, addThought } from "./worked"

const WIDTHS = ["96%", "88%", "93%", "62%", "90%", "84%", "95%", "48%"]
const MAX_LINES = 12
const CURVES = {
  linear: "linear",
  accelerating: "cubic-bezier(.5, 0, .9, .5)",
  decelerating: "cubic-bezier(.1, .5, .5, 1)",
}

/** The view of a status; the one before it where that already shows the same or is a list that grows. */
export function statusView(before: HTMLElement | null, words: string, data: EventData["status"]): HTMLElement {
  const shape = data.shape ?? "spinner"
  const same = before?.dataset.shape === shape
  if (before && same && shape === "step") return addStep(before, words, data.result)
  if (before && same && shape === "thought") return addThought(before, words, data.fold === "open")
  if (before && same && shape !== "skeleton") {
    const label = before.querySelector(".label")
    if (label) setText(label, words)
    return before
  }
  const view = h("div", { class: `status ${shape}`, "data-shape": shape })
  if (shape === "step") return addStep(view, words, data.result)
  if (shape === "thought") return addThought(view, words, data.fold === "open")
  view.append(...statusDrawing(shape, data), h("span", { class: "label", dir: "auto" }, words))
  return view
}

function statusDrawing(shape: string, data: EventData["status"]): HTMLElement[] {
  if (shape === "typing") return [h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"))]
  if (shape === "skeleton") {
    const lines = Math.min(MAX_LINES, Math.max(1, data.lines || 4))
    return Array.from({ length: lines }, (_, i) =>
      h("div", { class: "sk", style: `width:${WIDTHS[i % WIDTHS.length]}` }),
    )
  }
  if (shape === "bar") {
    const curve = CURVES[data.curve ?? "linear"]
    const seconds = Math.min(600, Math.max(0.2, data.seconds || 10))
    return [
      h(
        "span",
        { class: "gauge", "aria-hidden": "true" },
        h("i", { style: `animation-duration:${seconds}s;animation-timing-function:${curve}` }),
      ),
    ]
  }
  return [h("span", { class: "wheel", "aria-hidden": "true" })]
}
