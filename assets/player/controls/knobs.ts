/** Knobs: what a row has beside its chips: a slider over steps, a line of the designer's own words, further choices. */
import { freshId, h, setText, setAttribute } from "../dom"
import type { Knob, Option, TextLine } from "../protocol"

const REST_MS = 150 // ms a slider rests before the page is told

export type KnobCall = (name: string, value: string) => void

/** An element, and how it takes what the page knows. */
export interface KnobView<T> {
  readonly root: HTMLElement
  show(now: T): void
}

/** A slider over the steps of a knob. What the page does not know yet is left as it was turned. */
export function drawSlider({ name, label, steps, unit }: Knob, turned: KnobCall): KnobView<Knob> {
  let asked: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let after = ""
  const id = freshId("knob")
  const value = h("span", { class: "value" })
  const rest = h("span", { class: "label" })
  const track = h("input", {
    type: "range",
    min: 0,
    max: steps.length - 1,
    step: 1,
    "aria-labelledby": id,
    oninput: () => {
      asked = steps[Number(track.value)]!
      tell(asked)
      clearTimeout(timer)
      timer = setTimeout(() => turned(name, String(asked)), REST_MS)
    },
  })
  const tell = (now: number): void => {
    setText(value, `${now}\u00a0${unit}`)
    setText(rest, after)
    setAttribute(track, "aria-valuetext", `${now} ${unit} ${after}`)
  }
  const show = (now: Knob): void => {
    after = now.after
    if (asked !== null && asked !== now.value) return
    asked = null
    track.value = String(nearest(steps, now.value))
    tell(now.value)
  }
  return {
    root: h("div", { class: "knob", "data-knob": name }, h("span", { class: "label", id }, label), track, value, rest),
    show,
  }
}

/** A line of text, told when it is left; `done` is told when Enter is pressed, which leaves it. */
export function drawLine({ name, label, longest }: TextLine, turned: KnobCall, done: () => void): KnobView<TextLine> {
  let shown = ""
  const field = h("input", {
    type: "text",
    class: "typed",
    dir: "auto",
    maxlength: longest,
    onchange: () => turned(name, field.value),
  })
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault()
    done()
    field.blur()
  })
  const show = (now: TextLine): void => {
    if (now.value !== shown) field.value = shown = now.value
  }
  return {
    root: h("label", { class: "knob wide", "data-knob": name }, h("span", { class: "label" }, label), field),
    show,
  }
}

/** The choices that are not worth a chip each, in groups. What a key chose may be on the way to the next one. */
export function drawFurther(
  label: string,
  groups: readonly { label: string; options: readonly Option[] }[],
  pick: (value: string, keyed: boolean) => void,
): KnobView<string> {
  let keyed = false
  const entry = ({ value, label }: Option): HTMLElement => h("option", { value }, label)
  const list = h(
    "select",
    {
      class: "chip",
      "aria-label": label,
      onpointerdown: () => (keyed = false),
      onkeydown: () => (keyed = true),
      onchange: () => list.value && pick(list.value, keyed),
    },
    h("option", { value: "" }, label),
    ...groups.map((group) => h("optgroup", { label: group.label }, ...group.options.map(entry))),
  )
  const known = groups.flatMap(({ options }) => options.map(({ value }) => value))
  return {
    root: list,
    show: (now) => {
      list.value = known.includes(now) ? now : ""
      setAttribute(list, "data-on", known.includes(now))
    },
  }
}

const nearest = (steps: readonly number[], value: number): number =>
  steps.reduce((best, step, i) => (Math.abs(step - value) < Math.abs(steps[best]! - value) ? i : best), 0)
