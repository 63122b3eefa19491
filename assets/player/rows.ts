/** Rows of chips, each a group of radio buttons: what the network does, what breaks; and the knobs that belong to them. */
import { fresh, h, say, set } from "./dom"
import { further, line, slider } from "./knobs"
import type { Row } from "./protocol"

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export class Rows {
  readonly root = h("div", { class: "rows" })
  private shape = ""
  private shown: ((row: Row) => void)[] = []

  constructor(private readonly choose: (name: string, value: string) => void) {}

  /** Draws the rows, or only what stands in them where nothing else changed. */
  show(rows: readonly Row[]): void {
    const shape = JSON.stringify(rows.map(({ name, label, options, more, knob, words }) => [name, label, options, more, knob?.name, words?.name]))
    if (shape !== this.shape) {
      const drawn = rows.map((row) => this.group(row))
      this.root.replaceChildren(...drawn.map(([root]) => root))
      this.shown = drawn.map(([, show]) => show)
    }
    this.shape = shape
    rows.forEach((row, i) => this.shown[i]?.(row))
  }

  private group(row: Row): [HTMLElement, (row: Row) => void] {
    const id = fresh("row")
    const chips: HTMLElement = h("div", { class: "chips", role: "radiogroup", "aria-labelledby": id },
      h("span", { class: "label", id }, row.label))
    const pick = (value: string) => {
      if (chosen(chips) === value) return
      mark(chips, value)
      more?.show(value)
      this.choose(row.name, value)
    }
    for (const { value, label, title } of row.options) {
      const chip = h("button", { type: "button", class: "chip", role: "radio", "data-value": value, title, onclick: () => pick(value) })
      say(chip, label)
      chips.append(chip)
    }
    chips.addEventListener("keydown", (event) => stepped(event, chips, pick))
    const more = row.more && further(row.more.label, row.more.groups, pick)
    const knob = row.knob && slider(row.knob, this.choose)
    const words = row.words && line(row.words, this.choose)
    const note = h("p", { class: "label note" })
    const root = h("div", { class: "group", "data-row": row.name }, chips, more?.root, note, knob?.root, words?.root)
    return [root, (now) => {
      mark(chips, now.value)
      more?.show(now.value)
      say(note, now.note ?? "")
      note.hidden = !now.note
      if (now.knob) knob?.show(now.knob)
      if (now.words) words?.show(now.words)
    }]
  }
}

/** An arrow key chooses the next chip or the one before. */
function stepped(event: KeyboardEvent, group: HTMLElement, pick: (value: string) => void): void {
  const chips = [...group.querySelectorAll<HTMLElement>("[role=radio]")]
  const step = STEP[event.key]
  const here = chips.indexOf(event.target as HTMLElement)
  if (step === undefined || here < 0) return
  event.preventDefault()
  const next = chips[(here + step + chips.length) % chips.length]!
  next.focus()
  pick(next.dataset.value ?? "")
}

const chosen = (group: Element): string | undefined => group.querySelector<HTMLElement>("[aria-checked=true]")?.dataset.value

function mark(group: Element, value: string): void {
  const chips = [...group.querySelectorAll<HTMLElement>("[role=radio]")]
  const any = chips.some((chip) => chip.dataset.value === value)
  chips.forEach((chip, i) => {
    const on = chip.dataset.value === value
    set(chip, "aria-checked", on ? "true" : "false")
    set(chip, "tabindex", on || (!any && i === 0) ? 0 : -1)
  })
}
