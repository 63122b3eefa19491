/** Scene view: one beat of a scene, as it fills the screen. */
import { h, setText } from "../player/dom"
import { sceneTitle, sharedQuestion, type Beat, type Deck, type DeckPane, type DeckScene } from "./deck"
import { StageAnswer } from "./liveanswer"
import { scrollBoxes, ScenePlayer } from "./players"
import { deckResults, sceneResults, type Findings } from "./resultsview"
import { paneName, tell, tellCount } from "./stagewords"

const RETRY_MS = 2500

/** What a scene needs to know of the room. */
export interface SceneRoom {
  isOpen(): boolean
  /** Whether what a room said came with the deck. */
  readonly isKept: boolean
  /** What was said in a scene, in all scenes for ""; null where it cannot be asked now. */
  findings(scene: string): Promise<Findings | null>
  /** Asks the model of a live scene; null where there is no server. */
  readonly ask: ((scene: string, signal: AbortSignal) => Promise<Response>) | null
}

export class SceneView {
  readonly root: HTMLElement
  private player: ScenePlayer | null = null
  private answer: StageAnswer | null = null
  private readonly space = h("div", { class: "space" })

  constructor(
    private readonly deck: Deck,
    private readonly scene: DeckScene,
    private readonly beat: Beat,
    private readonly room: SceneRoom,
  ) {
    this.root = h(
      "div",
      { class: `scene ${scene.kind} ${beat.name}` },
      h("h1", { dir: "auto" }, sceneTitle(scene)),
      this.space,
    )
  }

  /** Draws the beat; it is in the page by now, so that sizes are known. */
  begin(): void {
    const { name } = this.beat
    if (this.scene.kind === "text") return this.put(h("div", { class: "lines", dir: "auto" }, this.scene.text))
    if (this.scene.kind === "results") return void this.showAll()
    if (name === "ready") return this.showQuestions()
    if (name === "play") return this.play(this.scene.panes)
    if (name.startsWith("play-")) return this.playOne(Number(name.slice(5)) - 1)
    if (name === "before" || name === "after") return this.put(this.guessing(name))
    if (name === "verdict") return this.put(this.judging())
    void this.reveal()
  }

  /** The room said something new. */
  refresh(): void {
    if (this.scene.kind === "results") void this.showAll()
    else if (this.root.classList.contains("revealed")) void this.reveal()
  }

  /** Scrolls what is longer than its place, down (1) or up (-1), answers once they have played; whether it did. */
  scroll(by: 1 | -1): boolean {
    if (!this.player) return scrollBoxes([this.space], by)
    return this.root.classList.contains("played") && this.player.scroll(by)
  }

  destroy(): void {
    this.answer?.leave()
    this.player?.destroy()
    this.root.remove()
  }

  private put(...parts: (Node | null)[]): void {
    this.space.replaceChildren(...parts.filter((part): part is Node => part !== null))
  }

  private showQuestions(): void {
    const { panes, blind } = this.scene
    const shared = new Set(panes.map(({ question }) => question)).size === 1
    const asked = (shared ? panes.slice(0, 1) : panes).map((pane) => {
      const question = h("p", { class: "question", dir: "auto" }, pane.question)
      return shared ? question : h("div", { class: "own-question" }, caption(this.scene, pane, !blind), question)
    })
    const own = this.room.isOpen() && this.deck.phones === "own" && !!this.beat.asks
    const waits = own ? tell("play_own") : null
    this.put(
      h("div", { class: "asking" }, ...asked),
      shared && !blind ? this.captions(true) : null,
      waits === null ? null : h("p", { class: "on-phones" }, waits),
    )
  }

  private captions(told: boolean): HTMLElement {
    const row = h("div", { class: "captions" }, ...this.scene.panes.map((pane) => caption(this.scene, pane, told)))
    row.style.setProperty("--stage-panes", String(this.scene.panes.length))
    return row
  }

  private play(panes: readonly DeckPane[]): void {
    const place = h("div", { class: "panes-place" })
    const says = this.scene.live ? h("p", { class: "live-line", role: "status" }) : null
    const question = sharedQuestion(panes)
    const asked = question && h("p", { class: "shared-question", dir: "auto" }, question)
    this.put(says, asked || null, this.captions(!this.scene.blind), place)
    if (says) this.startLive(says, place, panes)
    else this.start(place, panes)
  }

  /** Asks the model, and says so; where it fails, says that and plays what was recorded. */
  private startLive(says: HTMLElement, place: HTMLElement, panes: readonly DeckPane[]): void {
    const { ask } = this.room
    const say = (state: string, words: string): void => {
      says.dataset["state"] = state
      setText(says, words)
    }
    const record = (why: string): void => {
      say("recorded", tell("live_recorded", { why }))
      this.player?.destroy()
      this.start(place, panes)
    }
    if (!ask) return record(tell("live_nobody"))
    let name = tell("live_model")
    say("asking", tell("live_asks", { name }))
    const player = new ScenePlayer(place, this.deck, panes, () => this.root.classList.add("played"))
    this.player = player
    const hand = player.playLive()
    this.answer = new StageAnswer(
      panes.map(({ key }) => key),
      {
        model: (told) => say("asking", tell("live_asks", { name: (name = told || name) })),
        event: (pane, event) => {
          if (says.dataset["state"] === "asking") say("live", tell("live_answers", { name }))
          hand(pane, event)
        },
        whole: () => say("live", tell("live_answered", { name })),
        fell: record,
      },
    )
    void this.answer.ask((signal) => ask(this.scene.key, signal))
  }

  private playOne(index: number): void {
    const pane = this.scene.panes[index]
    if (!pane) return
    const place = h("div", { class: "panes-place" })
    this.put(h("p", { class: "count-of" }, tell("count_of", { number: index + 1, of: this.scene.panes.length })), place)
    this.start(place, [{ ...pane, key: "A" }])
  }

  private start(place: HTMLElement, panes: readonly DeckPane[]): void {
    this.player = new ScenePlayer(place, this.deck, panes, () => this.root.classList.add("played"))
    this.player.play()
  }

  private guessing(name: "before" | "after"): HTMLElement {
    const count = this.scene.panes.length
    const before = name === "before"
    const asked = before
      ? [tell("right_before", { count }), tell("seconds_before")]
      : [tell("right_after", { count }), tell("seconds_after")]
    return this.asking(asked)
  }

  private judging(): HTMLElement {
    const asking = this.asking([tell("ship"), tell("guards")])
    asking.prepend(...measuredOnly(this.scene.panes).children)
    return asking
  }

  private asking(questions: readonly string[]): HTMLElement {
    return h(
      "div",
      { class: "asking" },
      ...questions.map((words) => h("p", { class: "question" }, words)),
      h("p", { class: "on-phones" }, tell(this.room.isOpen() ? "say_phone" : "say_loud")),
    )
  }

  /** What the room said; where nobody was asked, who is who. */
  private async reveal(): Promise<void> {
    const asks = this.hears && !!this.beat.closes
    if (!this.root.classList.contains("revealed"))
      this.put(this.captions(true), asks ? h("p", { class: "on-phones" }, tell("counting")) : null)
    this.root.classList.add("revealed")
    const found = asks ? await this.room.findings(this.scene.key) : null
    const own = found?.scenes[0]
    if (!this.root.isConnected) return
    if (own) this.put(sceneResults(own, this.scene))
    else {
      if (this.scene.sequence) this.put(measuredOnly(this.scene.panes))
      else this.put(this.captions(true), ...this.truths())
      const late = asks && !this.room.isKept // the server was slow, or is away
      if (late) setTimeout(() => this.root.isConnected && this.refresh(), RETRY_MS)
    }
  }

  private truths(): Node[] {
    const known = this.scene.panes.filter(({ outcome }) => outcome)
    if (new Set(known.map(({ outcome }) => outcome)).size < 2) return []
    const wrong = known.filter(({ outcome }) => outcome === "wrong").map(({ key }) => key)
    return [
      h(
        "p",
        { class: "question" },
        tell("wrong_one", { letters: new Intl.ListFormat(document.documentElement.lang).format(wrong) }),
      ),
    ]
  }

  private async showAll(): Promise<void> {
    const found = this.hears ? await this.room.findings("") : null
    if (!this.root.isConnected) return
    this.put(found ? deckResults(found) : h("p", { class: "lines" }, this.whyNothing()))
  }

  /** Whether there is a room to hear of, open now or kept with the deck. */
  private get hears(): boolean {
    return this.room.isOpen() || this.room.isKept
  }

  /** Why nothing is told of a room. */
  private whyNothing(): string {
    if (this.room.isOpen()) return tell("room_away")
    return tell(this.room.ask ? "room_none" : "file_none")
  }
}

function caption(scene: DeckScene, { key, name }: DeckPane, told: boolean): HTMLElement {
  const part = h("p", { class: "caption" }, h("b", {}, key), " ", told ? h("bdi", {}, paneName(scene, name)) : "")
  part.style.setProperty("--k", `var(--pane-${key})`)
  return part
}

function measuredOnly(panes: readonly DeckPane[]): HTMLElement {
  const right = panes.filter(({ outcome }) => outcome === "right").length
  const mean = Math.exp(panes.reduce((sum, { clock }) => sum + Math.log(Math.max(clock, 0.1)), 0) / (panes.length || 1))
  return h(
    "div",
    { class: "asking" },
    h("p", { class: "question" }, tellCount("measured_right", right, { of: panes.length })),
    h("p", { class: "question" }, tell("measured_seconds", { seconds: mean.toFixed(1) })),
  )
}
