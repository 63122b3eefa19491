/** Catalogue: cards that play, found by words and by family. */
import own from "./catalogue.css"
import cardStyle from "./playcard.css"
import { h, setText, setAttribute } from "../dom"
import { keepTypedKeys } from "./keys"
import { PlayCard, plainWords, type Card } from "./playcard"
import { ShadowPart } from "./shadowpart"

export interface CatalogueData {
  readonly key?: string
  readonly small?: boolean // cards to pick from, narrower
  readonly cards: readonly Card[]
}

export interface CatalogueCalls {
  try?(name: string): void
}

export class Catalogue extends ShadowPart<CatalogueData, CatalogueCalls> {
  private readonly box = h("input", {
    type: "search",
    placeholder: "Search patterns, measures, evidence …",
    "aria-label": "Search the patterns",
  })
  private readonly families = h("div", { class: "group", role: "group", "aria-label": "Families" })
  private readonly count = h("p", { class: "count", role: "status" })
  private readonly grid = h("div", { class: "cards" })
  private shown: readonly PlayCard[] = []
  private family = ""
  private still = false // whether cards play only when they are pressed
  private readonly pause = h("button", { type: "button", class: "small still", onclick: () => this.toggle() })

  constructor(root: ParentNode & Node, data: CatalogueData, calls: CatalogueCalls) {
    super(data, calls)
    const find = h("div", { class: "find" }, this.box, this.families, this.pause)
    this.mount(root, own + cardStyle, h("div", { class: "player" }, find, this.count, this.grid))
    this.box.addEventListener("input", () => this.filter())
    keepTypedKeys(this.box)
    this.grid.classList.toggle("few", !!data.small)
    if (data.small) setAttribute(this.box, "placeholder", "Search …")
    this.draw()
  }

  override destroy(): void {
    for (const card of this.shown) card.destroy()
    super.destroy()
  }

  protected draw(): void {
    for (const card of this.shown) card.destroy()
    this.shown = this.data.cards.map(
      (card) =>
        new PlayCard(
          card,
          (name) => this.calls.try?.(name),
          () => !this.still,
        ),
    )
    this.grid.replaceChildren(...this.shown.map((card) => card.root))
    const families = new Set(this.data.cards.map((card) => card.family).filter(Boolean))
    const names = families.size > 1 ? ["", ...families] : []
    this.families.hidden = !names.length
    this.families.replaceChildren(
      ...names.map((name) =>
        h(
          "button",
          { type: "button", class: "chip", "data-family": name, onclick: () => this.pick(name) },
          name || "All",
        ),
      ),
    )
    this.tell()
    this.pick(names.includes(this.family) ? this.family : "")
  }

  /** Lets all cards rest, or play again as they come into sight. */
  private toggle(): void {
    this.still = !this.still
    this.tell()
    if (this.still) for (const card of this.shown) card.rest()
  }

  private tell(): void {
    setAttribute(this.pause, "aria-pressed", this.still ? "true" : "false")
    setText(this.pause, this.still ? "Let cards play" : "Pause all")
  }

  private pick(family: string): void {
    this.family = family
    for (const chip of this.families.children)
      setAttribute(chip, "aria-pressed", (chip as HTMLElement).dataset.family === family ? "true" : "false")
    this.filter()
  }

  private filter(): void {
    const words = plainWords(this.box.value).split(/\s+/).filter(Boolean)
    let left = 0
    for (const { root, card, told } of this.shown) {
      root.hidden = !((!this.family || card.family === this.family) && words.every((word) => told.includes(word)))
      if (!root.hidden) left++
    }
    setText(this.count, left ? `${left} shown` : "Nothing has these words. Try fewer, or another family.")
  }
}
