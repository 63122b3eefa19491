/** Catalogue: every pattern as a card that plays, with what it does, its dials and what is known about it. */
import playIcon from "lucide-static/icons/play.svg"
import own from "./catalogue.css"
import { Clock } from "../stage/clock"
import { freshId, h, iconElement, setText, setAttribute } from "../dom"
import { Pane } from "../stage/pane"
import type { Timeline } from "../protocol"
import { PaneRun } from "../stage/panerun"
import { keepTypedKeys } from "./keys"
import { style } from "./style"
import { followTheme } from "./theme"

export interface Card {
  readonly name: string
  readonly title: string
  readonly family: string
  readonly about: string
  readonly moves: readonly string[]
  readonly evidence: readonly { readonly finding: string; readonly source: string; readonly link: string }[]
  readonly dials: readonly { readonly label: string; readonly range: string; readonly help: string }[]
  readonly prompt: string
  readonly timeline: Timeline
}

export interface CatalogueData {
  readonly key?: string
  readonly cards: readonly Card[]
}

export interface CatalogueCalls {
  try?(name: string): void
}

const REPLAY_AFTER_MS = 2200 // milliseconds between the end of a play and the next, while the card is looked at

export class Catalogue {
  readonly host = h("div", { class: "parallax" })
  private readonly box = h("input", {
    type: "search",
    placeholder: "Search patterns, measures, evidence …",
    "aria-label": "Search the patterns",
  })
  private readonly families = h("div", { class: "group", role: "group", "aria-label": "Families" })
  private readonly count = h("p", { class: "count", role: "status" })
  private readonly grid = h("div", { class: "cards" })
  private readonly undress: () => void
  private shown: readonly CardView[] = []
  private family = ""

  constructor(
    root: ParentNode & Node,
    private data: CatalogueData,
    private calls: CatalogueCalls,
  ) {
    root.append(this.host)
    const page = this.host.attachShadow({ mode: "open" })
    page.append(
      h("style", {}, style + own),
      h("div", { class: "player" }, h("div", { class: "find" }, this.box, this.families), this.count, this.grid),
    )
    this.undress = followTheme(this.host)
    this.box.addEventListener("input", () => this.filter())
    keepTypedKeys(this.box)
    this.draw()
  }

  update(data: CatalogueData, calls: CatalogueCalls = this.calls): void {
    this.calls = calls
    const same = JSON.stringify(data.cards) === JSON.stringify(this.data.cards)
    this.data = data
    if (!same) this.draw()
  }

  moveTo(root: ParentNode & Node): void {
    if (this.host.parentNode !== root) root.append(this.host)
  }

  destroy(): void {
    for (const card of this.shown) card.destroy()
    this.undress()
    this.host.remove()
  }

  private draw(): void {
    for (const card of this.shown) card.destroy()
    this.shown = this.data.cards.map((card) => new CardView(card, (name) => this.calls.try?.(name)))
    this.grid.replaceChildren(...this.shown.map((card) => card.root))
    const names = ["", ...new Set(this.data.cards.map((card) => card.family))]
    this.families.replaceChildren(
      ...names.map((name) =>
        h(
          "button",
          { type: "button", class: "chip", "data-family": name, onclick: () => this.pick(name) },
          name || "All",
        ),
      ),
    )
    this.pick(names.includes(this.family) ? this.family : "")
  }

  private pick(family: string): void {
    this.family = family
    for (const chip of this.families.children)
      setAttribute(chip, "aria-pressed", (chip as HTMLElement).dataset.family === family ? "true" : "false")
    this.filter()
  }

  private filter(): void {
    const words = plain(this.box.value).split(/\s+/).filter(Boolean)
    let left = 0
    for (const { root, card, told } of this.shown) {
      root.hidden = !((!this.family || card.family === this.family) && words.every((word) => told.includes(word)))
      if (!root.hidden) left++
    }
    setText(
      this.count,
      left
        ? `${left} ${left === 1 ? "pattern" : "patterns"}`
        : "No pattern has these words. Try fewer, or another family.",
    )
  }
}

/** One card: it plays while it is looked at or has the focus. */
class CardView {
  readonly root: HTMLElement
  readonly told: string
  private readonly pane: Pane
  private readonly clock = new Clock()
  private readonly eye: IntersectionObserver | null
  private waiting: ReturnType<typeof setTimeout> | null = null
  private looked = false
  private run: PaneRun | null = null

  constructor(
    readonly card: Card,
    attempt: (name: string) => void,
  ) {
    const nothing = () => {}
    this.told = plain(searchedWords(card))
    this.pane = new Pane(
      { key: "", name: "", summary: "", prototype: card.name, timeline: card.timeline },
      { dials: nothing, choose: () => this.play(), act: () => this.play(), fill: nothing },
    )
    this.pane.reset(card.prompt, false)
    this.pane.greet(card.timeline.events)
    const again = { type: "button", class: "again", "aria-label": `Play ${card.title}`, onclick: () => this.play() }
    const stage = h("div", { class: "stage" }, this.pane.root, h("button", again, iconElement(playIcon)))
    const attemptIt = { type: "button", class: "small", onclick: () => attempt(card.name) }
    this.root = drawCard(card, stage, h("button", attemptIt, "Try it in a pane"))
    const still = typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches
    this.eye =
      still || typeof IntersectionObserver !== "function"
        ? null
        : new IntersectionObserver(([entry]) => this.look(!!entry?.isIntersecting), { threshold: 0.6 })
    this.eye?.observe(this.root)
  }

  destroy(): void {
    this.eye?.disconnect()
    this.rest()
  }

  private look(now: boolean): void {
    this.looked = now
    if (now) this.play()
    else this.rest()
  }

  private play(): void {
    this.rest()
    this.pane.reset(this.card.prompt, false)
    this.pane.begin("start")
    this.run = new PaneRun("", this.card.name, this.card.timeline.events, false, (batch) => this.pane.paint(batch))
    this.clock.start(
      [this.run],
      performance.now(),
      () => this.pane.finish(),
      () => this.later(),
    )
  }

  private later(): void {
    if (this.looked) this.waiting = setTimeout(() => this.play(), REPLAY_AFTER_MS)
  }

  private rest(): void {
    if (this.waiting) clearTimeout(this.waiting)
    this.waiting = null
    if (this.run) this.clock.drop([this.run])
  }
}

const searchedWords = ({ title, family, about, moves, evidence }: Card): string =>
  [title, family, about, ...moves, ...evidence.map((found) => `${found.finding} ${found.source}`)].join(" ")

function drawCard(card: Card, stage: HTMLElement, button: HTMLElement): HTMLElement {
  const id = freshId("card")
  const dials = card.dials.length === 1 ? "1 dial" : `${card.dials.length} dials`
  return h(
    "article",
    { class: "card", "aria-labelledby": id },
    h("header", {}, h("h2", { id }, card.title), h("span", { class: "label" }, card.family)),
    stage,
    h("p", {}, card.about),
    card.moves.length > 0 && h("p", { class: "label" }, `Moves ${card.moves.join(", ")}.`),
    details("Evidence", card.evidence.map(evidenceLine)),
    details(dials, card.dials.map(dialLine)),
    button,
  )
}

function evidenceLine({ finding, source, link }: Card["evidence"][number]): HTMLElement {
  const away = { class: "label", href: link, target: "_blank", rel: "noopener noreferrer" }
  const origin = link ? h("a", away, source) : h("span", { class: "label" }, source)
  return h("li", {}, finding, source && " ", source && origin)
}

const dialLine = ({ label, range, help }: Card["dials"][number]): HTMLElement =>
  h("li", {}, h("strong", {}, label), `: ${help} `, h("span", { class: "label" }, range))

function details(title: string, lines: readonly HTMLElement[]): HTMLElement | false {
  return lines.length > 0 && h("details", {}, h("summary", {}, title), h("ul", {}, ...lines))
}

const plain = (text: string): string => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
