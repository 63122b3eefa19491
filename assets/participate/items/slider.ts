/** Slider: a line between two ends. Nothing is preset: it has no handle until it is touched. */
import { h, setAttribute, setText } from "../../player/dom"
import type { MakeControl } from "./field"

const KEYS = ["Enter", " "]

export const sliderControl: MakeControl<"slider"> = (item, words, { label, about }) => {
  const [least, most, step] = [item.least ?? 0, item.most ?? 100, item.step ?? 1]
  const line = h("input", {
    type: "range",
    class: "line unset",
    min: least,
    max: most,
    step,
    "aria-labelledby": label,
    "aria-describedby": about,
    "aria-valuetext": words.say("slider_unset"),
  })
  line.valueAsNumber = (least + most) / 2
  let set = false
  const shown = h("output", { class: "num", "aria-hidden": "true" })
  const hint = h("p", { class: "help" }, words.say("slider_hint"))
  const touch = (): void => {
    set = true
    hint.hidden = true
    line.classList.remove("unset")
    line.style.setProperty("--at", `${(100 * (line.valueAsNumber - least)) / (most - least || 1)}%`)
    setAttribute(line, "aria-valuetext", String(line.valueAsNumber))
    setText(shown, String(line.valueAsNumber))
  }
  line.addEventListener("input", touch)
  line.addEventListener("pointerup", touch) // a press right in the middle changes no value
  line.addEventListener("keydown", (event) => {
    if (KEYS.includes(event.key)) touch()
  })
  return {
    root: h("div", { class: "control" }, line, endWords(item.low, item.high, shown), hint),
    first: line,
    value: () => (set ? line.valueAsNumber : null),
  }
}

/** The words at both ends of a line, and what stands between them. */
export const endWords = (low: string, high: string, between?: HTMLElement): HTMLElement =>
  h("div", { class: "ends" }, h("span", { dir: "auto" }, low), between, h("span", { dir: "auto" }, high))
