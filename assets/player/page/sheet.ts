/** Sheet: many prompts through one prototype, each as its end state, its times and what it came to. */
import own from "./sheet.css"
import { h, setText, setAttribute } from "../dom"
import type { Event } from "../events"
import { ShadowPart } from "./shadowpart"
import { Turn } from "../pieces/turn"

export interface Cell {
  readonly recording: string
  readonly prompt: string
  readonly mess: string
  readonly outcome: string
  readonly useful: boolean
  readonly checked: boolean // whether anybody knows what it came to
  readonly events: readonly Event[] // what is on the screen in the end
  readonly marks: { readonly sign: number | null; readonly first: number | null; readonly complete: number }
}

export interface SheetData {
  readonly key?: string
  readonly pane: string
  readonly cells: readonly Cell[]
}

export interface SheetCalls {
  pick?(recording: string): void
}

const ALL = "All"

export class Sheet extends ShadowPart<SheetData, SheetCalls> {
  private readonly filters = h("div", { class: "group", role: "group", "aria-label": "What they came to" })
  private readonly count = h("p", { class: "count", role: "status" })
  private readonly grid = h("div", { class: "cells" })
  private shown: readonly { readonly cell: Cell; readonly root: HTMLElement }[] = []
  private filter = ALL

  constructor(root: ParentNode & Node, data: SheetData, calls: SheetCalls) {
    super(data, calls)
    this.mount(root, own, h("div", { class: "player" }, this.filters, this.count, this.grid))
    this.draw()
  }

  protected draw(): void {
    const longest = Math.max(0.5, ...this.data.cells.map((cell) => cell.marks.complete))
    this.grid.style.setProperty("--k", `var(--pane-${this.data.pane}, var(--ink))`)
    this.shown = this.data.cells.map((cell) => ({
      cell,
      root: card(cell, longest, () => this.calls.pick?.(cell.recording)),
    }))
    this.grid.replaceChildren(...this.shown.map(({ root }) => root))
    const kinds = [ALL, "Clean", "Messy", ...new Set(this.data.cells.map((cell) => cell.outcome))]
    if (!kinds.includes(this.filter)) this.filter = ALL
    this.filters.replaceChildren(
      ...kinds.map((kind) =>
        h(
          "button",
          { type: "button", class: "chip", onclick: () => this.choose(kind) },
          `${kind} ${this.data.cells.filter((cell) => fits(cell, kind)).length}`,
        ),
      ),
    )
    this.choose(this.filter)
  }

  private choose(kind: string): void {
    this.filter = kind
    const kinds = [ALL, "Clean", "Messy", ...new Set(this.data.cells.map((cell) => cell.outcome))]
    ;[...this.filters.children].forEach((chip, i) =>
      setAttribute(chip, "aria-pressed", kinds[i] === kind ? "true" : "false"),
    )
    let left = 0
    for (const { cell, root } of this.shown) {
      root.hidden = !fits(cell, kind)
      if (!root.hidden) left++
    }
    setText(this.count, `${left} of ${this.data.cells.length} prompts. Each shows what is on the screen in the end.`)
  }
}

const PREVIEW = ".st-key-preview" // where the page shows an answer that is picked

const fits = (cell: Cell, kind: string): boolean =>
  kind === ALL || (kind === "Clean" && !cell.mess) || (kind === "Messy" && !!cell.mess) || cell.outcome === kind

function card(cell: Cell, longest: number, pick: () => void): HTMLElement {
  const nothing = () => {}
  const turn = new Turn({ choose: nothing, act: nothing })
  turn.paint(cell.events)
  turn.finish()
  const screen = h("div", { class: "screen", inert: true }, turn.root)
  const see = () => {
    pick()
    document.querySelector(PREVIEW)?.scrollIntoView({ block: "start" })
  }
  return h(
    "article",
    { class: `cell${cell.useful || !cell.checked ? "" : " poor"}` },
    h("header", {}, h("span", { class: "outcome" }, cell.outcome), h("span", { class: "label" }, cell.mess || "clean")),
    h("p", { class: "asked", dir: "auto" }, cell.prompt || "(nothing)"),
    screen,
    times(cell, longest),
    h(
      "button",
      { type: "button", class: "small", "aria-label": `See it play: ${cell.prompt.slice(0, 60)}`, onclick: see },
      "See it play",
    ),
  )
}

function times({ marks: { first, complete } }: Cell, longest: number): HTMLElement {
  const share = (seconds: number): string => `${(100 * Math.min(1, seconds / longest)).toFixed(1)}%`
  const words =
    first === null
      ? `no words · over after ${complete.toFixed(1)} s`
      : `words ${first.toFixed(1)} · over ${complete.toFixed(1)} s`
  return h(
    "div",
    { class: "times" },
    h(
      "span",
      { class: "bed", "aria-hidden": "true" },
      first !== null && h("i", { style: `left:${share(first)};right:calc(100% - ${share(complete)})` }),
    ),
    h("span", { class: "num label" }, words),
  )
}
