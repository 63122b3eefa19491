/** Play card: a pattern or a prototype as a small card that plays once while it is looked at, then rests on its end. */
import pauseIcon from "lucide-static/icons/pause.svg"
import playIcon from "lucide-static/icons/play.svg"
import { freshId, h, iconElement, setAttribute } from "../dom"
import { hasWords, type Timeline } from "../protocol"
import { Clock } from "../stage/clock"
import { Pane } from "../stage/pane"
import { PaneRun } from "../stage/panerun"

export interface Card {
  readonly name: string
  readonly title: string
  readonly family: string
  readonly about: string
  readonly moves?: readonly string[]
  readonly evidence?: readonly { readonly finding: string; readonly source: string; readonly link: string }[]
  readonly dials?: readonly { readonly label: string; readonly range: string; readonly help: string }[]
  readonly action: string // the words on its button; "" for none
  readonly note?: string // what stands in the place of a button
  readonly prompt: string
  readonly timeline: Timeline
}

const PLAY_SHARE = 0.6 // of a card that has to be in sight for it to play
const DRAW_MARGIN_PX = 400 // from the window's edge within which a card's end is drawn
const SIGNS = ["notice", "question", "action", "badge"] // what a pattern may put above the words

const wantsStillness = (): boolean =>
  typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches

/** One card. It plays by itself only while `mayPlay`, and only once each time it comes into sight. */
export class PlayCard {
  readonly root: HTMLElement
  readonly told: string
  private readonly pane: Pane
  private readonly clock = new Clock()
  private readonly again: HTMLButtonElement
  private readonly eyes: readonly IntersectionObserver[]
  private drawn = false
  private run: PaneRun | null = null
  private begun = 0 // milliseconds on the browser's clock
  private paused: number | null = null // seconds into the play, while it is paused

  constructor(
    readonly card: Card,
    pick: (name: string) => void,
    private readonly mayPlay: () => boolean,
  ) {
    this.told = plainWords(searchedWords(card))
    this.pane = new Pane(
      { key: "", name: "", summary: "", prototype: card.name, timeline: card.timeline },
      { dials: () => {}, choose: () => this.play(), act: () => this.play(), fill: () => {} },
    )
    this.pane.reset(card.prompt, false)
    this.pane.greet(card.timeline.events)
    this.again = h("button", { type: "button", class: "again", onclick: () => this.press() })
    const stage = h("div", { class: "stage" }, this.pane.root)
    const button = { type: "button", class: "small pick", onclick: () => pick(card.name) }
    const foot = card.action
      ? h("button", { ...button, "aria-label": `${card.action}: ${card.title}` }, card.action)
      : !!card.note && h("p", { class: "label" }, card.note)
    this.root = drawCard(card, this.again, stage, foot)
    this.tell()
    this.eyes = this.watch()
  }

  destroy(): void {
    for (const eye of this.eyes) eye.disconnect()
    this.drop()
  }

  /** Stops where it is, on the end of the answer. */
  rest(): void {
    this.drop()
    this.pane.reset(this.card.prompt, false)
    this.pane.reserve(this.card.timeline.events)
    this.pane.begin("start")
    this.pane.paint(this.card.timeline.events)
    this.close()
  }

  private watch(): readonly IntersectionObserver[] {
    if (typeof IntersectionObserver !== "function") {
      this.look(true)
      return []
    }
    const near = new IntersectionObserver(([entry]) => this.look(!!entry?.isIntersecting), {
      rootMargin: `${DRAW_MARGIN_PX}px`,
    })
    const seen = new IntersectionObserver(([entry]) => this.see(!!entry?.isIntersecting), { threshold: PLAY_SHARE })
    near.observe(this.root)
    seen.observe(this.root)
    return [near, seen]
  }

  /** It comes near the window: its end is drawn, once. */
  private look(near: boolean): void {
    if (!near || this.drawn) return
    this.drawn = true
    if (!this.run) this.rest()
  }

  /** It comes into sight, or leaves it. */
  private see(now: boolean): void {
    if (now && this.mayPlay() && !wantsStillness()) this.play()
    else if (!now && this.run) this.rest()
  }

  private press(): void {
    if (!this.run) return this.play()
    if (this.paused === null) {
      this.paused = (performance.now() - this.begun) / 1000
      this.clock.drop([this.run])
    } else this.goOn(this.paused)
    this.tell()
  }

  private play(): void {
    this.drop()
    this.drawn = true
    this.pane.reset(this.card.prompt, false)
    this.pane.reserve(this.card.timeline.events)
    this.pane.begin("start")
    this.run = new PaneRun("", this.card.name, this.card.timeline.events, false, (batch) => this.pane.paint(batch))
    this.goOn(0)
    this.tell()
  }

  private goOn(seconds: number): void {
    if (!this.run) return
    this.paused = null
    this.begun = performance.now() - seconds * 1000
    this.clock.start(
      [this.run],
      this.begun,
      () => {},
      () => this.close(),
    )
  }

  /** The answer is at its end: what the pattern did is brought into sight. */
  private close(): void {
    this.pane.finish()
    this.run = null
    const body = this.pane.root.querySelector<HTMLElement>(".body")!
    const mark = body.querySelector<HTMLElement>("mark")
    if (mark) body.scrollTop = Math.max(0, mark.offsetTop - body.clientHeight / 2)
    else body.scrollTop = beginsWithSign(this.card.timeline) ? 0 : body.scrollHeight
    this.tell()
  }

  private drop(): void {
    if (this.run) this.clock.drop([this.run])
    this.run = null
    this.paused = null
  }

  private tell(): void {
    const plays = this.run !== null && this.paused === null
    setAttribute(this.again, "aria-label", `${plays ? "Pause" : "Play"} ${this.card.title}`)
    this.again.replaceChildren(iconElement(plays ? pauseIcon : playIcon))
  }
}

function beginsWithSign({ events }: Timeline): boolean {
  const first = events.findIndex(hasWords)
  return events.slice(0, Math.max(0, first)).some(({ kind }) => SIGNS.includes(kind))
}

const searchedWords = ({ title, family, about, moves = [], evidence = [] }: Card): string =>
  [title, family, about, ...moves, ...evidence.map((found) => `${found.finding} ${found.source}`)].join(" ")

/** The words as they are searched: small letters without accents. */
export const plainWords = (text: string): string => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")

function drawCard(card: Card, again: HTMLElement, stage: HTMLElement, foot: HTMLElement | false): HTMLElement {
  const id = freshId("card")
  const { moves = [], evidence = [], dials = [] } = card
  return h(
    "article",
    { class: "card", "aria-labelledby": id, "data-card": card.name },
    h("header", {}, h("h2", { id }, card.title), h("span", { class: "label" }, card.family), again),
    stage,
    h("p", { class: "about" }, card.about),
    moves.length > 0 && h("p", { class: "label" }, `Moves ${moves.join(", ")}.`),
    details("Evidence", evidence.map(evidenceLine)),
    details(dials.length === 1 ? "1 dial" : `${dials.length} dials`, dials.map(dialLine)),
    foot,
  )
}

type Finding = NonNullable<Card["evidence"]>[number]
type DialLine = NonNullable<Card["dials"]>[number]

function evidenceLine({ finding, source, link }: Finding): HTMLElement {
  const away = { class: "label", href: link, target: "_blank", rel: "noopener noreferrer" }
  const origin = link ? h("a", away, source) : h("span", { class: "label" }, source)
  return h("li", {}, finding, source && " ", source && origin)
}

const dialLine = ({ label, range, help }: DialLine): HTMLElement =>
  h("li", {}, h("strong", {}, label), `: ${help} `, h("span", { class: "label" }, range))

function details(title: string, lines: readonly HTMLElement[]): HTMLElement | false {
  return lines.length > 0 && h("details", {}, h("summary", {}, title), h("ul", {}, ...lines))
}
