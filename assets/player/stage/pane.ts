/** Pane: one experience of the answer: its name, the person's words, and the turns that follow. */
import dialsIcon from "lucide-static/icons/sliders-horizontal.svg"
import { h, iconElement, setText, setAttribute } from "../dom"
import { Tries } from "./tries"
import { returnFocus } from "../controls/panel"
import type { Event } from "../events"
import type { PaneSpec } from "../protocol"
import { speakFrom } from "../spoken"
import type { Pick } from "../pieces/questions"
import { Turn } from "../pieces/turn"
import { Decisions } from "./decisions"
import { welcomeCards } from "../pieces/forms"

/** What a pane asks of the player. */
export interface PaneCalls {
  dials(pane: string): void
  /** `turn` is where it was asked: a decision that is made again there goes on from what came before it. */
  choose(pane: string, question: string, pick: Pick, turn: Turn, decides: boolean): void
  act(pane: string, name: string, label: string): void
  fill(question: string): void
}

export type TurnStart = "start" | "chosen" | "decided" | "retry" | "again" | "continue" // how a turn begins

const SCROLL_FROM_CHARS = 300 // characters of a prompt from which its bubble may scroll
const AT_ONCE_SHARE = 0.5 // of a pane's height: what adds more in one go did not stream
const FOLLOW_PX = 48 // pixels from the end within which a pane that scrolls follows what is written
const MAX_RESERVED_PX = 620 // pixels kept free for an answer that is still to come

/** What a pane is called: its letter, and its prototype's name and its own model's once they are told. */
const paneTitle = ({ key, name, plain, model }: PaneSpec, named: boolean): string =>
  plain ? name : named ? [key, name, model && `answered by ${model}`].filter(Boolean).join(", ") : key

export class Pane {
  readonly root: HTMLElement
  private readonly name = h("h2", { class: "name" })
  private readonly model = h("span", { class: "model", dir: "auto" })
  private readonly summary = h("span", { class: "summary" })
  private readonly gear: HTMLButtonElement
  private readonly user = h("p", { class: "user", dir: "auto" })
  private readonly flow = h("div", { class: "flow", role: "log", "aria-live": "off", tabindex: -1 })
  private readonly hint = h("p", { class: "hint" }, "Press Play to watch this one.")
  private readonly held = h("p", { class: "held", role: "status" })
  private readonly welcome = h("div", { class: "welcome", hidden: true })
  private readonly body = h("div", { class: "body" }, this.welcome, this.user, this.flow, this.hint)
  private readonly outside: HTMLElement
  private readonly decisions = new Decisions()
  private turn: Turn
  private follows = false // whether its end is kept in sight while it is written
  private tries: Tries | null = null

  constructor(
    private spec: PaneSpec,
    private readonly calls: PaneCalls,
  ) {
    this.outside = h("p", { class: "outside", role: spec.plain ? null : "status", hidden: true })
    this.gear = h(
      "button",
      { type: "button", class: "dials", onclick: () => calls.dials(spec.key) },
      this.summary,
      iconElement(dialsIcon),
    )
    this.root = h(
      "section",
      { class: "pane", role: "region", "data-pane": spec.key, style: `--k:var(--pane-${spec.key}, var(--ink))` },
      h(
        "header",
        { class: "top" },
        h("span", { class: "key", "aria-hidden": "true" }, spec.key),
        this.name,
        this.model,
        this.gear,
      ),
      this.body,
      this.outside,
    )
    this.turn = this.opened()
    this.describe(spec, false)
  }

  get key(): string {
    return this.spec.key
  }

  /** The words of the current turn, as the model wrote them. */
  get source(): string {
    return this.turn.source
  }

  /** What it is called where it is read aloud. */
  title = ""

  get spoken(): string {
    return this.turn.spoken
  }

  /** Takes the focus to the answer, without moving the page. */
  focus(): void {
    this.flow.focus({ preventScroll: true })
  }

  /** Shows name and summary, or neither before they are told; `open`: whether its dials are, null where it has none. */
  describe(spec: PaneSpec, open: boolean | null, named = true): void {
    this.spec = spec
    const title = (this.title = paneTitle(spec, named))
    setText(this.name, named ? spec.name : "")
    this.name.hidden = !named
    setText(this.summary, named ? spec.summary : "")
    setText(this.model, named ? (spec.model ?? "") : "")
    setAttribute(this.model, "title", named && spec.model ? `Answered by ${spec.model}` : null)
    this.model.hidden = !named || !spec.model
    setAttribute(this.root, "aria-label", title)
    setAttribute(this.gear, "aria-label", `Dials of ${title}${named && spec.summary ? `: ${spec.summary}` : ""}`)
    setAttribute(this.gear, "aria-pressed", open === null ? null : open ? "true" : "false")
    this.gear.disabled = open === null
  }

  /** Its dials were closed. */
  closed(): void {
    returnFocus(this.gear)
  }

  /** Whether the pane scrolls within itself, as it does on small screens. */
  private get scrolls(): boolean {
    return getComputedStyle(this.body).overflowY === "auto"
  }

  /** Back to the beginning: the person's words and nothing else. */
  reset(prompt: string, waiting: boolean): void {
    setText(this.user, prompt)
    // A long prompt scrolls, and must be reached by keys.
    setAttribute(this.user, "tabindex", prompt.length > SCROLL_FROM_CHARS ? 0 : null)
    this.flow.replaceChildren()
    this.decisions.clear()
    this.remark("")
    this.tries = null
    this.turn = this.opened()
    this.hint.hidden = !waiting
    this.busy(false)
  }

  /** Shows what stands there before the person asks. */
  greet(events: readonly Event[]): void {
    const cards = welcomeCards(events, (question) => this.calls.fill(question))
    this.welcome.replaceChildren(...cards)
    this.welcome.hidden = cards.length === 0
  }

  /** What was pressed waits for the model, and says so. */
  hold(words: string): void {
    setText(this.held, words)
    this.decisions.place(this.flow).append(this.held)
    this.flow.focus({ preventScroll: true }) // the button that was pressed cannot be pressed twice
  }

  /** What was pressed came to nothing: it can be pressed again. */
  release(): void {
    this.held.remove()
    this.decisions.release()
    this.turn.release()
  }

  /** A new turn after what the person chose; `retry` takes the place of the turn before, `again` hides it. */
  begin(how: TurnStart, chosen = ""): void {
    this.held.remove()
    this.remark("")
    if (how === "decided") this.decisions.decide()
    if (how === "continue") this.turn.resume()
    if (how === "retry") this.turn.root.remove()
    if (how === "chosen") this.decisions.place(this.flow).append(h("p", { class: "user", dir: "auto" }, chosen))
    const before = this.turn.root
    if (how === "chosen") for (const old of before.querySelectorAll(":scope > .question.next")) old.remove()
    if (how !== "start" && how !== "continue") this.turn = this.opened()
    if (how === "chosen" || how === "decided") this.tries = null
    if (how === "again") {
      this.turn.root.before((this.tries ??= new Tries(before)).root)
      this.tries.add(this.turn.root)
    }
    if (how !== "start") this.flow.focus({ preventScroll: true }) // the button that was pressed may be gone
    this.hint.hidden = true
    this.busy(true)
  }

  paint(batch: readonly Event[]): void {
    if (this.welcome.hidden) this.greet(batch)
    const { body } = this
    const follows = this.follows && body.scrollHeight - body.scrollTop - body.clientHeight < FOLLOW_PX
    const before = this.turn.root.offsetHeight
    this.turn.paint(batch)
    const comesAtOnce = this.turn.root.offsetHeight - before > AT_ONCE_SHARE * body.clientHeight
    if (follows && comesAtOnce)
      this.follows = false // it is read from its beginning
    else if (follows) body.scrollTop = body.scrollHeight
  }

  finish(note = ""): void {
    this.turn.finish(note)
    this.tries?.compare()
    this.busy(false)
  }

  /** What Parallax says to the designer, below the pane and not among the words of the design; "" for nothing. */
  remark(words: string): void {
    setText(this.outside, words)
    this.outside.hidden = !words
    if (this.spec.plain && words) speakFrom(this.outside, words)
  }

  /** Keeps free the height that these events will need, so that nothing below moves while they play. */
  reserve(events: readonly Event[]): void {
    this.follows = this.scrolls
    setAttribute(this.body, "tabindex", this.follows ? 0 : null)
    if (this.follows) return void (this.flow.style.minHeight = "")
    const nothing = () => {}
    const rehearsal = new Turn({ choose: nothing, act: nothing })
    const stage = h("div", { class: "flow rehearsal", "aria-hidden": "true", inert: true }, rehearsal.root)
    this.body.append(stage)
    rehearsal.paint(events)
    rehearsal.finish()
    const needed = Math.min(MAX_RESERVED_PX, Math.ceil(stage.getBoundingClientRect().height))
    stage.remove()
    this.flow.style.minHeight = needed ? `${needed}px` : ""
  }

  private busy(now: boolean): void {
    setAttribute(this.flow, "aria-busy", now ? "true" : "false")
    this.root.classList.toggle("playing", now)
  }

  private opened(): Turn {
    const turn: Turn = new Turn({
      choose: (question, pick, decides) => {
        this.decisions.begin(decides ? turn : null, pick.shown ?? pick.option)
        this.calls.choose(this.key, question, pick, turn, decides)
      },
      act: (name, label) => this.calls.act(this.key, name, label),
    })
    this.decisions.opened(turn)
    this.decisions.place(this.flow).append(turn.root)
    return turn
  }
}
