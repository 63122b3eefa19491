/** Player: all panes of one comparison, on one clock, from recordings or live. */
import { Ask } from "./ask"
import { Clock } from "./clock"
import { h, say } from "./dom"
import { LiveAsks } from "./liveasks"
import { recall, remember } from "./memory"
import { Pane, type Way } from "./pane"
import { Play } from "./play"
import style from "./player.css"
import type { Callbacks, PaneSpec, PlayerData, Problem } from "./protocol"
import { RaceView } from "./raceview"
import { Rows } from "./rows"
import { Run } from "./run"
import { again, another, at, chose, onward, START, type Steps } from "./steps"
import { dress } from "./theme"

const LONGEST = 8000
const LEFT: Problem = {
  what: "The page was left before the answer was complete.",
  kept: "What had come of it is kept, and your question is back in the box.",
  do: "Ask again to get the whole answer.",
}

export class Player {
  readonly host = h("div", { class: "parallax" })
  private readonly page: ShadowRoot
  private readonly title = h("h1")
  private readonly sentence = h("p", { class: "lead" })
  private readonly grid = h("div", { class: "panes" })
  private readonly announcer = h("div", { class: "unseen", "aria-live": "polite" })
  private readonly head = h("div", { class: "head" }, this.title, this.sentence)
  private readonly ask: Ask
  private readonly rows: Rows
  private readonly race = new RaceView()
  private readonly clock = new Clock()
  private readonly asks: LiveAsks
  private readonly undress: () => void
  private readonly sizes: ResizeObserver | null
  private readonly ends = new AbortController()
  private panes = new Map<string, Pane>()
  private steps = new Map<string, Steps>()
  private plays: Play[] = []
  private raced: readonly Run[] = []
  private shown = { prompt: "", recording: "" } // what the panes show now
  private expected = "" // a recording of our own that the page is about to send back
  private pending: PlayerData | null = null
  private played = false
  private width = 0

  constructor(root: ParentNode & Node, private data: PlayerData, private callbacks: Callbacks) {
    this.ask = new Ask({ play: () => this.play(), ask: (text) => this.askLive(text), stop: () => this.stop() })
    this.rows = new Rows((name, value) => this.callbacks.row?.({ name, value }))
    this.asks = new LiveAsks({
      source: () => this.data.live ?? null, renew: (n) => this.callbacks.renew?.(n), ask: this.ask,
      begin: (play, now) => this.clock.start(play.runs, now, (run) => this.closed(run), () => this.finished(play)),
      over: (play) => this.answered(play), redraw: () => this.draw(),
    })
    root.append(this.host)
    this.page = this.host.attachShadow({ mode: "open" })
    this.page.append(h("style", {}, style), h("div", { class: "player" }, this.head, this.ask.root, this.rows.root, this.grid, this.race.root, this.announcer))
    this.undress = dress(this.host)
    this.listen()
    this.sizes = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.resized()) : null
    this.sizes?.observe(this.grid)
    this.load(data)
    this.recall()
  }

  /** Takes new data. What plays or is shown stays, unless the timelines are other ones. */
  update(data: PlayerData, callbacks: Callbacks = this.callbacks): void {
    this.callbacks = callbacks
    const { play_set, comparison, panes, recording, prompt, open } = this.data
    const other = data.play_set !== play_set
    if (open && !data.open) this.panes.get(open)?.closed()
    this.pending = other && this.asks.busy ? data : null
    this.data = this.pending ? { ...data, play_set, comparison, panes, recording, prompt } : data
    this.asks.renewed()
    if (!other || this.pending) return this.draw()
    if (this.expected && data.recording.id === this.expected && data.comparison === comparison) return this.swap()
    this.load(data)
    if (data.autoplay) this.play()
    if (data.told) this.callbacks.loaded?.(data.play_set)
  }

  /** Plays the recorded answer in all panes from one zero. */
  play(): void {
    const zero = performance.now()
    this.clear()
    const runs = this.data.panes.map((spec) => this.run(spec, spec.timeline.events, false))
    const play = new Play(runs, this.data.recording.id, this.data.comparison)
    this.shown = { prompt: this.data.prompt, recording: this.data.recording.id }
    for (const pane of this.panes.values()) {
      pane.reset(this.data.prompt, false)
      pane.begin("start")
    }
    this.begin(play)
    this.clock.start(runs, zero, (run) => this.closed(run), () => this.finished(play))
    this.draw()
  }

  /** Ends whatever plays; the panes keep what they have. */
  stop(): void {
    this.asks.stop()
    for (const play of [...this.plays]) this.clock.stop(play.runs)
    this.draw()
  }

  /** Moves the player to another place in the page; what plays goes on. */
  moveTo(root: ParentNode & Node): void {
    if (this.host.parentNode !== root) root.append(this.host)
  }

  destroy(): void {
    this.clear()
    this.ends.abort()
    this.sizes?.disconnect()
    this.undress()
    this.host.remove()
  }

  private load(data: PlayerData): void {
    this.clear()
    this.expected = ""
    this.played = false
    this.raced = []
    this.shown = { prompt: data.prompt, recording: data.recording.id }
    const keys = data.panes.map((spec) => spec.key)
    if (keys.join() !== [...this.panes.keys()].join()) {
      this.panes = new Map(data.panes.map((spec) => [spec.key, new Pane(spec, {
        dials: (pane) => this.callbacks.dials?.(this.data.open === pane ? "" : pane),
        choose: (pane, question, option) => this.goOn(pane, "chosen", option, (steps) => chose(steps, question, option)),
        act: (pane, name, label) => this.act(pane, name, label),
      })]))
      this.grid.replaceChildren(...[...this.panes.values()].map((pane) => pane.root))
      this.grid.dataset.count = String(keys.length)
    }
    for (const pane of this.panes.values()) pane.reset(data.prompt, true)
    this.draw()
    this.reserve()
  }

  /** Our own live answer came back as a recording: the panes stay as they are, Play again replays it. */
  private swap(): void {
    this.expected = ""
    this.ask.follow(this.shown.prompt, this.data.prompt)
    this.shown = { prompt: this.data.prompt, recording: this.data.recording.id }
    this.played = true
    this.draw()
  }

  private run(spec: PaneSpec, events: PaneSpec["timeline"]["events"], live: boolean): Run {
    const pane = this.panes.get(spec.key)!
    return new Run(spec.key, spec.prototype, events, live, (batch) => pane.paint(batch))
  }

  private begin(play: Play): void {
    this.plays.push(play)
    this.ask.explain(null)
    if (!play.main) return
    this.steps = new Map()
    this.raced = play.runs
    this.played = true
    this.announcer.replaceChildren()
  }

  private clear(): void {
    this.asks.stop()
    for (const play of this.plays) this.clock.drop(play.runs)
    for (const play of this.plays) for (const run of play.runs) run.stop()
    this.plays = []
  }

  private recall(): void {
    const question = recall()
    if (!question) return
    this.ask.write(question)
    this.ask.explain(LEFT)
  }

  private askLive(prompt: string): void {
    remember(prompt)
    const play = new Play(this.data.panes.map((spec) => this.run(spec, [], true)), "", this.data.comparison)
    const panes = this.data.panes.map((spec) => spec.key)
    this.asks.ask(play, { text: prompt, panes, choices: [], attempt: 0, partial: "" }, () => {
      this.clear()
      this.shown = { prompt, recording: "" }
      for (const pane of this.panes.values()) {
        pane.reset(prompt, false)
        pane.begin("start")
      }
      this.begin(play)
      this.callbacks.live?.(true)
    })
  }

  private act(key: string, name: string, label: string): void {
    const shown = this.panes.get(key)?.source ?? ""
    if (name === "retry") this.goOn(key, "retry", label, again)
    else if (name === "continue") this.goOn(key, "continue", label, (steps) => onward(steps, shown))
    else if (name === "again") this.goOn(key, "again", label, another)
    else if (name === "stop") for (const play of [...this.plays]) this.clock.stop(play.runs.filter((run) => run.pane === key))
    else this.goOn(key, "chosen", label, (steps) => ({ ...steps, path: [...steps.path, name] }), false)
  }

  /** One pane goes on alone: along a prepared branch, or live where none was prepared. */
  private goOn(key: string, how: Way, words: string, step: (steps: Steps) => Steps, canAsk = true): void {
    const spec = this.data.panes.find((one) => one.key === key)
    const pane = this.panes.get(key)
    if (!spec || !pane) return
    const steps = step(this.steps.get(key) ?? START)
    const ours = this.shown.recording === this.data.recording.id
    const branch = ours ? at(spec.timeline, steps.path) : undefined
    const enter = (play: Play) => {
      this.steps.set(key, steps)
      pane.begin(how, words)
      this.begin(play)
    }
    if (branch) {
      const zero = performance.now()
      const play = new Play([this.run(spec, branch.events, false)], this.data.recording.id, this.data.comparison, steps)
      enter(play)
      this.clock.start(play.runs, zero, (run) => this.closed(run), () => this.finished(play))
    } else if (this.data.live && canAsk) {
      const play = new Play([this.run(spec, [], true)], "", this.data.comparison, steps)
      const { choices, attempt, partial } = steps
      pane.hold(this.asks.busy ? "Asked as soon as the answer before it is complete." : "Waiting for the model …")
      this.asks.ask(play, { text: this.shown.prompt, panes: [key], choices, attempt, partial }, () => enter(play), () => pane.release())
    } else pane.note(canAsk ? "This step was not recorded, and no model can be asked at the moment." : "This prototype goes no further here.")
    this.draw()
  }

  private closed(run: Run): void {
    const pane = this.panes.get(run.pane)
    if (!pane) return
    pane.finish(run.stopped ? "Stopped." : "")
    const name = this.data.panes.find((spec) => spec.key === run.pane)?.name ?? ""
    this.announcer.append(h("p", {}, `${run.pane}, ${name}: ${pane.spoken}`))
  }

  private answered(play: Play): void {
    if (!this.ends.signal.aborted && !play.lost) remember(null)
    this.settle(play)
  }

  private finished(play: Play): void {
    play.done = true
    this.settle(play)
  }

  /** Tells the page, once, when all panes are done and a live stream has said where it was kept. */
  private settle(play: Play): void {
    if (play.over && !play.told) {
      play.told = true
      this.plays = this.plays.filter((other) => other !== play)
      if (play.runs.some((run) => run.painted.length)) this.tell(play)
      if (play.main && play.live) this.callbacks.live?.(false)
    }
    this.draw()
    if (!this.asks.busy && this.pending && !this.replaced(play, this.pending)) this.update(this.pending)
  }

  /** Whether the page answers what was kept with newer data than it sent before. */
  private replaced(play: Play, pending: PlayerData): boolean {
    return play.main && !!play.kept && pending.recording.id === this.data.recording.id
  }

  private tell(play: Play): void {
    this.host.dispatchEvent(new CustomEvent("parallax:seen", { detail: play.detail(), bubbles: true, composed: true }))
    this.callbacks.seen?.(play.report())
    if (!play.kept || (play.main && play.runs !== this.raced)) return
    const first = play.main || !this.shown.recording // of this question
    const instead = first ? this.data.recording.id : this.shown.recording
    if (first) {
      this.expected = play.kept
      this.shown = { ...this.shown, recording: play.kept }
    }
    this.callbacks.kept?.({ recording: play.kept, instead })
  }

  private draw(): void {
    const { data } = this
    const playing = this.clock.running || this.asks.busy
    const [title = "", sentence = ""] = data.lead ?? []
    this.head.hidden = !title && !sentence
    say(this.title, title)
    say(this.sentence, sentence)
    this.ask.show({ prompt: data.prompt, longest: data.longest ?? LONGEST, live: data.live?.model ?? null, playing, played: this.played, alone: data.alone ?? false, away: data.away ?? "", later: this.pending !== null })
    this.rows.show(data.rows ?? [])
    for (const spec of data.panes) this.panes.get(spec.key)?.describe(spec, data.open === undefined ? null : data.open === spec.key)
    const racing = this.plays.some((play) => play.main && !play.done)
    this.race.show(this.raced, data.panes, this.shown.recording === data.recording.id ? data.recording : null, data.reveal ?? true, racing)
  }

  private reserve(): void {
    if (!this.grid.isConnected || !this.grid.clientWidth || this.clock.running) return
    this.width = this.grid.clientWidth
    for (const spec of this.data.panes) this.panes.get(spec.key)?.reserve(spec.timeline.events)
  }

  private resized(): void {
    if (this.grid.clientWidth !== this.width) this.reserve()
  }

  private listen(): void {
    const { signal } = this.ends
    document.addEventListener("visibilitychange", () => this.clock.visibility(), { signal })
    window.addEventListener("resize", () => this.clock.flag("resized"), { signal })
    // Pages have shortcuts of single letters, and cannot see that these are typed into a box.
    for (const kind of ["keydown", "keypress", "keyup"] as const)
      this.page.addEventListener(kind, (event) => {
        if ((event.target as Element).matches?.("textarea, input")) event.stopPropagation()
      }, { signal })
  }
}

/** A player in `root`, wherever that is. */
export const createPlayer = (root: ParentNode & Node, data: PlayerData, callbacks: Callbacks = {}): Player => new Player(root, data, callbacks)
