/** Voting: one step on a phone: its answers play one after the other, each is rated, then comes the choice. */
import { h, setText } from "../player/dom"
import type { StudyPlayer } from "../player/page/studyplayer"
import type { PlayReport, Timeline } from "../player/protocol"
import { Form } from "../participate/items/form"
import type { Item, Values } from "../participate/protocol"
import type { RoomMemory } from "./memory"
import { ownOrder } from "./order"
import type { PhonePane, PhoneScene, VoteData } from "./protocol"
import { playerWords } from "./playerwords"
import type { RoomWords } from "./roomwords"

export interface VotingCalls {
  timeline(id: string): Promise<Timeline>
  /** Keeps what was answered; the step is over once it resolves. */
  send(step: string, data: VoteData): Promise<void>
}

/** The player comes while the person reads. */
export const loadPlayer = async (): Promise<typeof StudyPlayer> =>
  (await import("../player/page/studyplayer")).StudyPlayer

export class Voting {
  readonly root = h("section", { class: "step voting" })
  /** Whether the person has begun: then it stays, also where the presenter has gone on. */
  touched = false
  private player: StudyPlayer | null = null
  private waiting: ReturnType<typeof setTimeout> | undefined
  private values: Values
  private seen: Record<string, number>
  private readonly panes: readonly PhonePane[]
  private readonly live = h("div", { class: "unseen", "aria-live": "polite" })

  constructor(
    private readonly scene: PhoneScene,
    readonly step: string,
    private readonly plays: boolean, // whether the answers play here, and not on the projector alone
    private readonly memory: RoomMemory,
    private readonly words: RoomWords,
    private readonly calls: VotingCalls,
  ) {
    const half = memory.half(step)
    this.values = half.values
    this.seen = { ...half.seen }
    this.panes = plays ? ownOrder(scene.panes, `${memory.id}:${step}`) : scene.panes
    this.touched = half.panes > 0
    this.root.addEventListener("pointerdown", () => (this.touched ||= this.waiting === undefined))
    this.root.addEventListener("keydown", () => (this.touched ||= this.waiting === undefined))
  }

  /** Shows what comes now. */
  async show(): Promise<void> {
    const { panes } = this.memory.half(this.step)
    const pane = this.plays ? this.panes[panes] : undefined
    if (pane) await this.showPane(pane, panes)
    else if (!this.plays && this.scene.ends_s) this.waitForEnd(this.scene.ends_s - this.memory.waitedFor(this.step))
    else this.askRest()
  }

  /** The screen has gone on: what waited for its end is asked now. */
  hurry(): void {
    if (this.waiting !== undefined) this.askRest()
  }

  destroy(): void {
    clearTimeout(this.waiting)
    this.memory.forgetWait(this.step)
    this.player?.destroy()
    this.root.remove()
  }

  /** Asks once everything has played on the projector, in so many seconds. */
  private waitForEnd(seconds: number): void {
    if (seconds <= 0) return this.askRest()
    const { words } = this
    const says = h("p", { class: "help" }, words.tell("after_end"))
    this.root.replaceChildren(h("div", { class: "notice" }, h("h1", {}, words.tell("look")), says))
    this.waiting = setTimeout(() => this.askRest(), 1000 * seconds)
  }

  private askRest(): void {
    clearTimeout(this.waiting)
    this.waiting = undefined
    this.ask(this.rest(), this.words.tell("send"), () => void this.finish())
  }

  private get items(): readonly Item[] {
    return (this.scene.asked[this.step] ?? []).map((item) => this.words.item(item))
  }

  /** What is asked at the end: the choice, and all where nothing played here. */
  private rest(): readonly Item[] {
    const labels = new Map(this.panes.map((pane, i) => [pane.key, this.label(pane, i)]))
    return this.items
      .filter(({ pane }) => !this.plays || !pane)
      .map((item) => {
        if (item.kind !== "choice" || item.name !== "choice") return item
        const named = item.options.map((option) => ({ ...option, label: labels.get(option.value) ?? option.label }))
        const order = [...this.panes.map(({ key }) => key), "none"]
        const options = named.sort((one, other) => order.indexOf(one.value) - order.indexOf(other.value))
        return { ...item, options }
      })
  }

  private label({ key }: PhonePane, index: number): string {
    return this.plays ? this.words.tell("answer", { number: index + 1 }) : key
  }

  private async showPane(pane: PhonePane, index: number): Promise<void> {
    const { words } = this
    const of = this.panes.length
    const title = of > 1 ? words.tell("answer_of", { number: index + 1, of }) : this.scene.title
    const says = h("p", { class: "help says", role: "status" }, words.tell("moment"))
    const place = h("div", { class: "stage" })
    this.root.replaceChildren(h("h1", { dir: "auto" }, title), place, says, this.live)
    const [Player, timeline] = await this.fetched(says, pane)
    setText(says, words.tell("press_play"))
    const recording = pane.key
    this.player?.destroy()
    await new Promise<void>((done) => {
      this.player = new Player(
        place,
        {
          prompt: pane.question,
          recording,
          words: playerWords(words),
          live: this.live,
          panes: [{ key: pane.key, name: title, summary: "", prototype: "", plain: true, timeline }],
        },
        {
          acted: () => (this.touched = true),
          played: (report) => this.time(pane, report),
          changed: (playing, asking) => {
            setText(says, playing ? "" : asking ? words.say("choose_above") : "")
            if (!playing && !asking) done()
          },
        },
      )
    })
    const asked = this.items.filter((item) => item.pane === pane.key)
    const last = index + 1 === this.panes.length && !this.rest().length
    this.ask(asked, words.tell(last ? "send" : "next"), () => void (last ? this.finish() : this.goOn(index + 1)))
  }

  private async fetched(says: HTMLElement, pane: PhonePane): Promise<[typeof StudyPlayer, Timeline]> {
    for (;;) {
      try {
        return await Promise.all([loadPlayer(), this.calls.timeline(pane.timeline)])
      } catch {
        setText(says, this.words.tell("fetch_failed"))
        await new Promise((done) => setTimeout(done, 2000))
      }
    }
  }

  /** When the answer was painted whole, where the person could see it; a second look does not count. */
  private time({ key }: PhonePane, { panes }: PlayReport): void {
    const report = panes[0]
    const { complete } = report?.painted ?? {}
    if (report && !report.hidden && !report.stopped && complete && this.seen[key] === undefined)
      this.seen[key] = complete
  }

  /** Puts questions below what is shown. */
  private ask(items: readonly Item[], button: string, then: () => void): void {
    const form = new Form(items, this.words, ({ pane }) => (pane && !this.plays ? pane : ""))
    const problem = h("p", { class: "wrong", role: "alert", hidden: true })
    const go = h("button", { type: "submit", class: "next" }, button)
    const whole = h(
      "form",
      { class: "questions", novalidate: true },
      form.root,
      h("div", { class: "forth" }, problem, go),
    )
    whole.addEventListener("submit", (event) => {
      event.preventDefault()
      const open = form.check()
      setText(problem, open)
      problem.hidden = !open
      if (open) return
      this.values = { ...this.values, ...form.values }
      go.disabled = true
      then()
    })
    if (this.player) this.root.append(whole)
    else this.root.replaceChildren(h("h1", { dir: "auto" }, this.scene.title || this.words.tell("untitled")), whole)
  }

  private async goOn(panes: number): Promise<void> {
    this.memory.keepHalf(this.step, { values: this.values, seen: this.seen, panes })
    this.player?.destroy()
    this.player = null
    await this.show()
    scrollTo(0, 0)
  }

  private async finish(): Promise<void> {
    const order = this.plays ? this.panes.map(({ key }) => key).join("") : ""
    await this.calls.send(this.step, { items: this.values, order, seen: this.seen })
    this.memory.keepHalf(this.step, null)
  }
}
