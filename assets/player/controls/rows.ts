/** Rows of chips, each a group of radio buttons: what the network does, what breaks; and their knobs. */
import { freshId, h, setText, setAttribute } from "../dom"
import { drawFurther, drawLine, drawSlider } from "./knobs"
import type { Option, Row } from "../protocol"

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export class Rows {
  readonly root = h("div", { class: "rows" })
  private shape = ""
  private shown: ((row: Row) => void)[] = []

  constructor(private readonly choose: (name: string, value: string) => void) {}

  /** Draws the rows, or only what stands in them where nothing else changed. */
  show(rows: readonly Row[]): void {
    const shape = JSON.stringify(
      rows.map(({ name, label, options, more, knob, words }) => [name, label, options, more, knob?.name, words?.name]),
    )
    if (shape !== this.shape) {
      const drawn = rows.map((row) => this.group(row))
      this.root.replaceChildren(...drawn.map(([root]) => root))
      this.shown = drawn.map(([, show]) => show)
    }
    this.shape = shape
    rows.forEach((row, i) => this.shown[i]?.(row))
  }

  private group(row: Row): [HTMLElement, (row: Row) => void] {
    const id = freshId("row")
    const chips: HTMLElement = h(
      "div",
      { class: "chips", role: "radiogroup", "aria-labelledby": id },
      h("span", { class: "label", id }, row.label),
    )
    const pick = (value: string) => {
      if (chosenValue(chips) === value) return
      markChosen(chips, value)
      more?.show(value)
      this.choose(row.name, value)
    }
    chips.append(...row.options.map((option) => chipFor(option, pick)))
    chips.addEventListener("keydown", (event) => pickByKey(event, chips, pick))
    const more = row.more && drawFurther(row.more.label, row.more.groups, pick)
    const knob = row.knob && drawSlider(row.knob, this.choose)
    const words = row.words && drawLine(row.words, this.choose)
    const note = h("p", { class: "label note" })
    const root = h("div", { class: "group", "data-row": row.name }, chips, more?.root, note, knob?.root, words?.root)
    return [
      root,
      (now) => {
        markChosen(chips, now.value)
        more?.show(now.value)
        setText(note, now.note ?? "")
        note.hidden = !now.note
        if (now.knob) knob?.show(now.knob)
        if (now.words) words?.show(now.words)
      },
    ]
  }
}

function chipFor({ value, label, title }: Option, pick: (value: string) => void): HTMLElement {
  const onclick = (): void => pick(value)
  return h("button", { type: "button", class: "chip", role: "radio", "data-value": value, title, onclick }, label)
}

/** An arrow key chooses the next chip or the one before. */
function pickByKey(event: KeyboardEvent, group: HTMLElement, pick: (value: string) => void): void {
  const chips = [...group.querySelectorAll<HTMLElement>("[role=radio]")]
  const step = STEP[event.key]
  const here = chips.indexOf(event.target as HTMLElement)
  if (step === undefined || here < 0) return
  event.preventDefault()
  const next = chips[(here + step + chips.length) % chips.length]!
  next.focus()
  pick(next.dataset.value ?? "")
}

const chosenValue = (group: Element): string | undefined =>
  group.querySelector<HTMLElement>("[aria-checked=true]")?.dataset.value

function markChosen(group: Element, value: string): void {
  const chips = [...group.querySelectorAll<HTMLElement>("[role=radio]")]
  const any = chips.some((chip) => chip.dataset.value === value)
  chips.forEach((chip, i) => {
    const on = chip.dataset.value === value
    setAttribute(chip, "aria-checked", on ? "true" : "false")
    setAttribute(chip, "tabindex", on || (!any && i === 0) ? 0 : -1)
  })
}
