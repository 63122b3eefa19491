/** Rows of chips, each a group of radio buttons: what the network does, what breaks. */
import { fresh, h, say, set } from "./dom"
import type { Row } from "./protocol"

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export class Rows {
  readonly root = h("div", { class: "rows" })
  private shown = ""

  constructor(private readonly choose: (name: string, value: string) => void) {}

  /** Draws the rows, or only their choice where nothing else changed. */
  show(rows: readonly Row[]): void {
    const shape = JSON.stringify(rows.map(({ name, label, options }) => [name, label, options]))
    if (shape !== this.shown) this.root.replaceChildren(...rows.map((row) => this.group(row)))
    this.shown = shape
    rows.forEach((row, i) => mark(this.root.children[i]!, row.value))
  }

  private group(row: Row): HTMLElement {
    const id = fresh("row")
    const group: HTMLElement = h("div", { class: "group", role: "radiogroup", "aria-labelledby": id, "data-row": row.name },
      h("span", { class: "label", id }, row.label))
    const pick = (value: string) => {
      if (chosen(group) === value) return
      mark(group, value)
      this.choose(row.name, value)
    }
    for (const { value, label, title } of row.options) {
      const chip = h("button", { type: "button", class: "chip", role: "radio", "data-value": value, title, onclick: () => pick(value) })
      say(chip, label)
      group.append(chip)
    }
    group.addEventListener("keydown", (event) => {
      const chips = [...group.querySelectorAll<HTMLElement>("[role=radio]")]
      const step = STEP[event.key]
      const here = chips.indexOf(event.target as HTMLElement)
      if (step === undefined || here < 0) return
      event.preventDefault()
      const next = chips[(here + step + chips.length) % chips.length]!
      next.focus()
      pick(next.dataset.value ?? "")
    })
    return group
  }
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
