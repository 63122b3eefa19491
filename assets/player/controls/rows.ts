/** Rows of chips, each a group of radio buttons: what the network does, what breaks; and their knobs. */
import { freshId, h, setText, setAttribute } from "../dom"
import { drawFurther, drawLine, drawSlider } from "./knobs"
import type { Option, Row } from "../protocol"

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

interface RowView {
  readonly shape: string
  readonly root: HTMLElement
  readonly show: (row: Row) => void
}

/** What has to be the same for a row's elements to stay. */
const rowShape = (row: Row): string =>
  JSON.stringify([row.label, row.about, row.options, row.more, row.knob?.name, row.words?.name])

export class Rows {
  readonly root = h("div", { class: "rows" })
  private views = new Map<string, RowView>()

  /** `done` is told when something was chosen that needs no more turning: the panes play it. */
  constructor(
    private readonly choose: (name: string, value: string) => void,
    private readonly done: () => void = () => {},
  ) {}

  /** Draws the rows, or only what stands in them where nothing else changed; what has the focus keeps it. */
  show(rows: readonly Row[]): void {
    const before = [...this.views.values()]
    const views = rows.map((row): RowView => {
      const shape = rowShape(row)
      const known = this.views.get(row.name)
      if (known?.shape === shape) return known
      const [root, show] = this.group(row)
      return { shape, root, show }
    })
    this.views = new Map(rows.map((row, i) => [row.name, views[i]!]))
    if (views.some((view, i) => view !== before[i]) || views.length !== before.length) this.replace(views)
    rows.forEach((row, i) => views[i]!.show(row))
  }

  private replace(views: readonly RowView[]): void {
    const focused = (this.root.getRootNode() as Document | ShadowRoot).activeElement as HTMLElement | null
    const value = this.root.contains(focused) ? focused?.dataset.value : undefined
    const name = focused?.closest<HTMLElement>("[data-row]")?.dataset.row
    this.root.replaceChildren(...views.map(({ root }) => root))
    if (value === undefined) return
    const found = this.root.querySelector<HTMLElement>(`[data-row="${name}"] [data-value="${CSS.escape(value)}"]`)
    found?.focus({ preventScroll: true })
  }

  private group(row: Row): [HTMLElement, (row: Row) => void] {
    const chips = chipGroup(row)
    const pick = (value: string, opens?: Option["opens"]) => {
      if (chosenValue(chips) === value && opens !== "panel") return
      markChosen(chips, value)
      more?.show(value)
      this.choose(row.name, value)
    }
    const press = ({ value, opens }: Option) => {
      pick(value, opens)
      if (opens !== "panel") this.done()
    }
    const pickListed = (value: string, keyed: boolean) => {
      pick(value)
      if (!keyed) this.done()
    }
    chips.append(...row.options.map((option) => chipFor(option, press)))
    chips.addEventListener("keydown", (event) => pickByKey(event, chips, pick))
    const more = row.more && drawFurther(row.more.label, row.more.groups, pickListed)
    const knob = row.knob && drawSlider(row.knob, this.choose)
    const words = row.words && drawLine(row.words, this.choose, this.done)
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

/** The group of a row's chips, still empty, with its label and what it is. */
function chipGroup(row: Row): HTMLElement {
  const [id, aboutId] = [freshId("row"), freshId("about")]
  const about = !!row.about && h("p", { class: "label about", id: aboutId }, row.about)
  return h(
    "div",
    { class: "chips", role: "radiogroup", "aria-labelledby": id, "aria-describedby": about && aboutId },
    h("div", { class: "title" }, h("span", { class: "label", id }, row.label), about),
  )
}

function chipFor(option: Option, press: (option: Option) => void): HTMLElement {
  const { value, label, title } = option
  const onclick = (): void => press(option)
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
