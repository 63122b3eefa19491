/** Home: everything that was made, found as one types, sorted out, and begun anew. */
import plusIcon from "lucide-static/icons/plus.svg"
import own from "./home.css"
import cardStyle from "./playcard.css"
import { h, iconElement, setAttribute, setText } from "../dom"
import { keepTypedKeys } from "./keys"
import { PlayCard, type Card } from "./playcard"
import { ShadowPart } from "./shadowpart"
import { workCard, type Act, type WorkData } from "./workcard"

export interface Filters {
  readonly words: string
  readonly kind: string
  readonly project: string
  readonly mine: boolean
  readonly shelf: string
  readonly limit: number
}

export interface Begin {
  readonly name: string
  readonly label: string
  readonly about: string
}

export interface HomeData {
  readonly key?: string
  readonly works: readonly WorkData[]
  readonly total: number
  readonly filters: Filters
  readonly kinds: readonly (readonly [string, string])[]
  readonly projects: readonly string[]
  readonly begin: readonly Begin[]
  readonly cards: readonly Card[] // the templates, playing; none until what can be begun was opened
  readonly undo: { readonly id: string; readonly text: string } | null
  readonly newcomer: boolean
}

export interface HomeCalls {
  open(id: string): void
  find(filters: Filters): void
  act(act: { name: Act; id: string; value: string }): void
  begin(name: string): void
  compare(ids: readonly string[]): void
  unfold(open: boolean): void
}

const FIND_AFTER_MS = 160 // milliseconds after the last key
const MOST_COMPARED = 4
const SHELVES = [
  ["archived", "Archived"],
  ["deleted", "Deleted"],
] as const

export class Home extends ShadowPart<HomeData, HomeCalls> {
  private readonly box = h("input", {
    type: "search",
    placeholder: "Search by name, words or person …",
    "aria-label": "Search",
  })
  private readonly chips = h("div", { class: "group", role: "group", "aria-label": "What is listed" })
  private readonly project = h("select", {
    "aria-label": "Project",
    onchange: () => this.find({ project: this.project.value }),
  })
  private readonly count = h("p", { class: "count", role: "status" })
  private readonly grid = h("div", { class: "works" })
  private readonly further = h(
    "button",
    { type: "button", class: "further", onclick: () => this.find({ limit: this.data.filters.limit + 60 }) },
    "Show more",
  )
  private readonly plain = h("div", { class: "starts" })
  private readonly templates = h("div", { class: "cards few" })
  private readonly starts = h("div", { class: "unfolded", hidden: true }, this.plain, this.templates)
  private cards: readonly PlayCard[] = []
  private readonly opener = h(
    "button",
    { type: "button", class: "new", "aria-expanded": "false", onclick: () => this.unfold(this.starts.hidden) },
    iconElement(plusIcon),
    "New",
  )
  private readonly toast = h("div", { class: "toast", role: "status" })
  private readonly tray = h("div", { class: "tray", role: "group", "aria-label": "Chosen prototypes", hidden: true })
  private chosen: readonly WorkData[] = []
  private readonly top: HTMLElement
  private typing: ReturnType<typeof setTimeout> | null = null
  private wanted: Filters

  constructor(root: ParentNode & Node, data: HomeData, calls: HomeCalls) {
    super(data, calls)
    this.wanted = data.filters
    this.top = h("div", { class: "find" }, this.box, this.chips, this.project)
    const bar = h("div", { class: "bar" }, h("h1", {}, "Home"), this.opener)
    const list = [this.top, this.count, this.grid, this.further, this.tray, this.toast]
    this.mount(root, cardStyle + own, h("div", { class: "player home" }, bar, this.starts, ...list))
    this.box.value = data.filters.words
    this.box.addEventListener("input", () => {
      if (this.typing) clearTimeout(this.typing)
      this.typing = setTimeout(() => this.find({ words: this.box.value }), FIND_AFTER_MS)
    })
    keepTypedKeys(this.box)
    this.draw()
  }

  override destroy(): void {
    if (this.typing) clearTimeout(this.typing)
    for (const card of this.cards) card.destroy()
    super.destroy()
  }

  private find(changed: Partial<Filters>): void {
    this.wanted = { ...this.wanted, limit: 60, ...changed }
    this.calls.find(this.wanted)
    this.drawFilters()
  }

  private unfold(open: boolean): void {
    this.starts.hidden = !open
    setAttribute(this.opener, "aria-expanded", open ? "true" : "false")
    if (open) this.starts.querySelector("button")?.focus()
    if (open && !this.cards.length) this.calls.unfold(open)
  }

  protected draw(): void {
    const { works, total, filters, begin, newcomer } = this.data
    this.wanted = { ...filters, words: this.box.value }
    this.top.hidden = this.count.hidden = newcomer
    this.drawCards()
    const playing = new Set(this.cards.map(({ card }) => card.name))
    const plain = begin.filter((start) => !playing.has(start.name))
    this.plain.replaceChildren(...plain.map((start) => this.drawStart(start)))
    this.drawFilters()
    const calls = {
      open: (id: string) => this.calls.open(id),
      act: (name: Act, id: string, value = "") => this.calls.act({ name, id, value }),
      choose: (id: string) => this.choose(id),
    }
    const ids = new Set(this.chosen.map(({ id }) => id))
    const now = Date.now()
    this.grid.replaceChildren(...works.map((work) => workCard(work, filters.shelf, ids.has(work.id), calls, now)))
    this.further.hidden = works.length >= total
    setText(this.count, this.countWords())
    this.drawTray()
    this.drawToast()
  }

  /** Chooses a work to be put beside others, or no longer; the first of too many goes. */
  private choose(id: string): void {
    const work = this.data.works.find((one) => one.id === id)
    const others = this.chosen.filter((one) => one.id !== id)
    this.chosen = others.length < this.chosen.length || !work ? others : [...others, work].slice(-MOST_COMPARED)
    this.draw()
    this.grid.querySelector<HTMLElement>(`[data-choose="${CSS.escape(id)}"]`)?.focus()
  }

  private drawTray(): void {
    const { chosen } = this
    this.tray.hidden = !chosen.length
    const clear = (): void => {
      this.chosen = []
      this.draw()
    }
    const compare = (): void => {
      this.calls.compare(chosen.map(({ id }) => id))
      clear()
    }
    const alone = chosen.length < 2
    this.tray.replaceChildren(
      h("p", { dir: "auto" }, alone ? `${chosen[0]?.name ?? ""}: choose another one, up to four.` : namesOf(chosen)),
      h("button", { type: "button", class: "go", disabled: alone, onclick: compare }, "Compare them"),
      h("button", { type: "button", class: "small", onclick: clear }, "Clear"),
    )
  }

  private countWords(): string {
    const { works, total, filters } = this.data
    if (works.length) return total > works.length ? `${works.length} of ${total}` : `${total} in all`
    if (filters.words) return "Nothing here has these words. Try fewer, or All."
    if (filters.shelf !== "current") return `Nothing is ${filters.shelf}.`
    if (filters.kind || filters.project || filters.mine) return "Nothing here is of that kind. Try All."
    return "Nothing is here. New begins something; what was deleted can be brought back under Deleted."
  }

  /** The templates as cards that play, once they have come; they stay as they are. */
  private drawCards(): void {
    if (this.cards.length || !this.data.cards.length) return
    this.cards = this.data.cards.map(
      (card) =>
        new PlayCard(
          card,
          (name) => this.calls.begin(name),
          () => true,
        ),
    )
    this.templates.replaceChildren(...this.cards.map((card) => card.root))
  }

  private drawStart(start: Begin): HTMLElement {
    const act = { type: "button", class: "start", onclick: () => this.calls.begin(start.name) }
    return h("button", act, h("b", {}, start.label), h("span", {}, start.about))
  }

  private drawFilters(): void {
    const { kind, mine, shelf, project } = this.wanted
    const plain = !kind && !mine && shelf === "current"
    const chip = (words: string, on: boolean, change: Partial<Filters>): HTMLElement =>
      h(
        "button",
        { type: "button", class: "chip", "aria-pressed": on ? "true" : "false", onclick: () => this.find(change) },
        words,
      )
    this.chips.replaceChildren(
      chip("All", plain, { kind: "", mine: false, shelf: "current" }),
      ...this.data.kinds.map(([value, words]) => chip(words, kind === value, { kind: kind === value ? "" : value })),
      chip("Mine", mine, { mine: !mine }),
      ...SHELVES.map(([value, words]) => chip(words, shelf === value, { shelf: shelf === value ? "current" : value })),
    )
    this.project.hidden = !this.data.projects.length
    this.project.replaceChildren(
      ...["", ...this.data.projects].map((name) =>
        h("option", { value: name, selected: name === project }, name || "Any project"),
      ),
    )
  }

  private drawToast(): void {
    const { undo } = this.data
    this.toast.hidden = !undo
    if (!undo) return
    const act = {
      type: "button",
      class: "small",
      onclick: () => this.calls.act({ name: "restore", id: undo.id, value: "" }),
    }
    this.toast.replaceChildren(h("span", {}, undo.text), h("button", act, "Undo"))
  }
}

const namesOf = (works: readonly WorkData[]): string => works.map(({ name }) => name).join(" · ")
