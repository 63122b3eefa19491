/** Typed items: words, and a number of seconds. */
import { h, setText } from "../../player/dom"
import { speakFrom } from "../../player/spoken"
import type { Words } from "../words"
import type { MakeControl } from "./field"

/** Keeps a box from holding more than the server takes, and gives the sentence that appears when words were cut off. */
export function limitWords(box: HTMLInputElement | HTMLTextAreaElement, longest: number, words: Words): HTMLElement {
  const note = h("p", { class: "help" })
  box.addEventListener("input", () => {
    const fits = box.value.length <= longest
    if (!fits) box.value = box.value.slice(0, longest).replace(/[\ud800-\udbff]$/, "") // no half of a sign
    setText(note, fits ? "" : words.say("text_full", { longest }))
    if (!fits) speakFrom(box, words.say("text_full", { longest }))
  })
  return note
}

export const textControl: MakeControl<"text"> = (item, words, { label, about }) => {
  const named = { dir: "auto", autocomplete: "off", "aria-labelledby": label, "aria-describedby": about }
  const lines = item.lines ?? 1
  const box = lines > 1 ? h("textarea", { rows: lines, ...named }) : h("input", { type: "text", ...named })
  const root = h("div", { class: "control" }, box, limitWords(box, item.longest ?? 2000, words))
  return { root, first: box, value: () => box.value.trim() || null }
}

/** A number of seconds that is typed, or counted up and down; empty at first. A comma is taken for a point. */
export const secondsControl: MakeControl<"seconds"> = (item, words, { label, about }) => {
  const [longest, step] = [item.longest ?? 120, item.step ?? 0.5]
  const box = h("input", {
    type: "text",
    class: "num",
    inputmode: "decimal",
    autocomplete: "off",
    maxlength: 8,
    placeholder: "–",
    "aria-labelledby": label,
    "aria-describedby": about,
  })
  const fits = (value: number | null): boolean => value !== null && value >= 0 && value <= longest
  const turn = (by: number): void => {
    const now = readSeconds(box.value)
    const next = now === null || Number.isNaN(now) ? (by > 0 ? step : 0) : Math.round((now + by) / step) * step
    box.value = String(Math.min(longest, Math.max(0, next)))
  }
  const stepper = (sign: string, says: string, by: number): HTMLElement => stepButton(sign, says, () => turn(by))
  turnByKeys(box, step, turn)
  return {
    root: h(
      "div",
      { class: "control counted" },
      stepper("−", words.say("seconds_less", { step }), -step),
      box,
      stepper("+", words.say("seconds_more", { step }), step),
      h("span", { class: "unit" }, words.say("seconds_unit")),
    ),
    first: box,
    value() {
      const value = readSeconds(box.value)
      return fits(value) ? value : null
    },
    fault() {
      const value = readSeconds(box.value)
      return value === null || fits(value) ? "" : words.say("seconds_wrong", { longest })
    },
  }
}

const stepButton = (sign: string, says: string, onclick: () => void): HTMLElement =>
  h("button", { type: "button", class: "stepper", "aria-label": says, onclick }, sign)

/** The arrow keys count as the buttons do. */
function turnByKeys(box: HTMLElement, step: number, turn: (by: number) => void): void {
  box.addEventListener("keydown", (event) => {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key]
    if (!by) return
    event.preventDefault()
    turn(by)
  })
}

const ARABIC_ZERO = 0x660

/** The number in a text; null where there is none, NaN where it is something else. */
export function readSeconds(text: string): number | null {
  const plain = text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
    .replace(/[,\u066b]/, ".")
    .trim()
  if (!plain) return null
  return /^(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN
}
