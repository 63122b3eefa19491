/** Player: all panes of one comparison, on one clock, from recordings or live. */
import { AskBox, askStateFor } from "../controls/ask"
import { Settings } from "../controls/settings"
import { h } from "../dom"
import { LiveAsks } from "../live/liveasks"
import { keepQuestion, LEFT_PROBLEM, takeQuestion } from "../live/memory"
import type { Callbacks, PlayerData } from "../protocol"
import { browserBeat, Clock } from "../stage/clock"
import type { PaneCalls } from "../stage/pane"
import type { PaneRun } from "../stage/panerun"
import { catchUp, Play, playedSeconds } from "../stage/play"
import { Plays } from "../stage/plays"
import { Press } from "../stage/press"
import { RaceView } from "../stage/raceview"
import { Stage } from "../stage/stage"
import { Announcer } from "./announcer"
import { GoingOn } from "./goingon"
import { PinBar, pinMoment } from "./pinbar"
import { listenToPage, setRatingWaits } from "./keys"
import { LeadView } from "./lead"
import { OnScreen } from "./onscreen"
import { addSkipLink } from "./skip"
import { style } from "./style"
import { followTheme } from "./theme"
import { SharedPlay } from "./sharedplay"
import { TimerView } from "./timerview"

export class Player {
  readonly host = h("div", { class: "parallax" })
  private readonly announcer = new Announcer()
  private readonly lead = new LeadView()
  private readonly ask: AskBox
  private readonly settings: Settings
  private readonly race = new RaceView()
  private readonly timer = new TimerView()
  private readonly pins = new PinBar(
    (pane) =>
      pinMoment(
        this.raced.find((run) => run.pane === pane),
        this.clock.seconds,
      ),
    (pin) => this.callbacks.pinned?.(pin),
  )
  readonly lower = h("div", {}, this.pins.root, this.race.root) // what the page may show further down
  private readonly clock = new Clock(browserBeat, () => this.announcer.follow(() => this.stage.panesInOrder))
  private readonly press = new Press()
  private readonly asks: LiveAsks
  private readonly stage: Stage
  private readonly undress: () => void
  private readonly ends = new AbortController()
  private readonly going: GoingOn
  private readonly plays = new Plays(this.clock, {
    closed: (run) => this.closed(run),
    told: (play) => this.tell(play),
    settled: (play) => this.settled(play),
  })
  private raced: readonly PaneRun[] = []
  private readonly shown = new OnScreen()
  private pending: PlayerData | null = null
  private played = false
  private readonly shared: SharedPlay

  constructor(
    root: ParentNode & Node,
    private data: PlayerData,
    private callbacks: Callbacks,
  ) {
    this.ask = new AskBox({
      play: () => this.play(),
      ask: (text) => this.askLive(text),
      stop: () => this.stop(),
      typed: (question) => this.data.alone || this.callbacks.typed?.(question),
      choose: (value) => this.callbacks.row?.({ name: "sample", value }),
    })
    this.shared = new SharedPlay(data.together)
    this.settings = new Settings((name, value) => this.callbacks.row?.({ name, value }), this.ends.signal)
    this.asks = this.liveAsks()
    this.going = this.goingOn()
    const cover = (): DOMRect | null => this.settings.cover
    this.stage = new Stage(this.paneCalls(), () => this.clock.running, cover)
    root.append(this.host)
    const { timer, lead, ask, settings, stage, lower, announcer } = this
    const parts = [...[timer, lead, ask, settings, stage].map(({ root }) => root), lower, announcer.root]
    const page = this.host.attachShadow({ mode: "open" })
    page.append(h("style", {}, style), h("div", { class: "player" }, ...parts))
    this.undress = followTheme(this.host)
    if (data.lead && !data.alone)
      this.ends.signal.addEventListener(
        "abort",
        addSkipLink(() => this.stage.first),
      )
    listenToPage(page, this.clock, this.press, this.ends.signal)
    this.load(data)
    if (data.plays && data.alone) requestAnimationFrame(() => this.ends.signal.aborted || this.play()) // once laid out
    const left = takeQuestion()
    if (left) this.ask.giveBack(left, LEFT_PROBLEM)
  }

  private liveAsks(): LiveAsks {
    return new LiveAsks({
      source: () => this.data.live ?? null,
      pressed: () => this.press.time,
      renew: (n) => this.callbacks.renew?.(n),
      ask: this.ask,
      begin: (play, now) => this.plays.start(play, now),
      over: (play) => this.over(play),
      redraw: () => this.draw(),
    })
  }

  private goingOn(): GoingOn {
    return new GoingOn({
      data: () => this.data,
      prompt: () => this.shown.prompt,
      replays: () => this.shown.recording === this.data.recording.id,
      stage: () => this.stage,
      asks: this.asks,
      begin: (play) => this.begin(play),
      start: (play) => this.plays.start(play, this.press.time),
    })
  }

  private paneCalls(): PaneCalls {
    return {
      dials: (pane) => this.callbacks.dials?.(this.data.open === pane ? "" : pane),
      choose: (...chosen) => {
        this.going.choose(...chosen)
        this.draw()
      },
      fill: (question) => this.ask.fillIn(question),
      act: (pane, name, label) => this.act(pane, name, label),
    }
  }

  /** Takes new data. What plays or is shown stays, unless the timelines are other ones. */
  update(data: PlayerData, callbacks: Callbacks = this.callbacks): void {
    this.callbacks = callbacks
    const { play_set, comparison, panes, recording, prompt, open } = this.data
    const asked = !!data.plays && data.plays !== this.data.plays
    const other = data.play_set !== play_set || asked
    if (open && !data.open) this.stage.pane(open)?.closed()
    this.pending = other && this.asks.busy ? data : null
    this.data = this.pending ? { ...data, play_set, comparison, panes, recording, prompt } : data
    this.asks.renewed()
    this.shared.follow(data.together, () => this.asks.busy || this.play())
    if (!other || this.pending) return this.draw()
    if (this.shown.expects(data.recording.id) && data.comparison === comparison) return this.swap()
    const from = data.told && data.recording.id === recording.id ? playedSeconds(this.raced) : 0
    this.load(data)
    if (asked || data.autoplay) this.play(asked ? 0 : from)
    if (data.told) this.callbacks.loaded?.(data.play_set)
  }

  /** Plays the recorded answer in all panes from one zero; what comes in the seconds before `from` is there at once. */
  play(from = 0): void {
    this.clear()
    const { recording, comparison, prompt } = this.data
    const runs = this.data.panes.map((spec) => this.stage.makeRun(spec, spec.timeline.events, false))
    const play = new Play(runs, recording.id, comparison)
    this.shown.show(prompt, recording.id)
    this.stage.start(prompt)
    this.begin(play)
    this.plays.start(play, catchUp(runs, from, this.press.time))
    this.draw()
  }

  /** Ends whatever plays; the panes keep what they have. */
  stop(): void {
    this.asks.stop()
    this.plays.stop()
    this.draw()
  }

  /** Moves the player to another place in the page; what plays goes on. */
  moveTo(root: ParentNode & Node): void {
    if (this.host.parentNode !== root) root.append(this.host)
  }

  destroy(): void {
    this.clear()
    this.shared.end()
    this.timer.end()
    this.ends.abort()
    this.stage.destroy()
    this.undress()
    this.host.remove()
  }

  private load(data: PlayerData): void {
    this.clear()
    this.played = false
    this.raced = []
    this.shown.replace(data.prompt, data.recording.id)
    this.stage.load(data.panes, data.prompt)
    this.draw()
    this.stage.reserve()
  }

  /** Our own live answer came back as a recording: the panes stay as they are, Play again replays it. */
  private swap(): void {
    if (!this.shown.takeBack(this.data.recording.id)) return this.draw() // a newer answer is on the screen already
    this.ask.follow(this.shown.prompt, this.data.prompt)
    this.shown.replace(this.data.prompt, this.data.recording.id)
    this.played = true
    this.draw()
  }

  private begin(play: Play): void {
    this.plays.add(play)
    this.ask.explain(null)
    if (!play.main) return
    this.going.clear()
    this.raced = play.runs
    this.played = true
    this.announcer.begin()
  }

  private clear(): void {
    this.asks.stop()
    this.plays.clear()
  }

  private askLive(prompt: string): void {
    keepQuestion(prompt)
    const runs = this.data.panes.map((spec) => this.stage.makeRun(spec, [], true))
    const play = new Play(runs, "", this.data.comparison)
    const panes = this.data.panes.map((spec) => spec.key)
    this.asks.ask(play, { text: prompt, panes, choices: [], attempt: 0, partial: "" }, () => {
      this.clear()
      this.shown.show(prompt, "")
      this.stage.start(prompt)
      this.begin(play)
      this.callbacks.live?.(true)
    })
  }

  private act(key: string, name: string, label: string): void {
    if (name !== "stop") this.going.act(key, name, label)
    else this.plays.stop(key)
    this.draw()
  }

  private closed(run: PaneRun): void {
    const pane = this.stage.pane(run.pane)
    if (!pane) return
    pane.finish(run.stopped ? "Stopped." : "")
    this.announcer.close(pane)
  }

  private over(play: Play): void {
    if (!this.ends.signal.aborted && !play.lost) keepQuestion(null)
    this.plays.settle(play)
  }

  private settled(play: Play): void {
    this.draw()
    if (!this.asks.busy && this.pending && !this.replaced(play, this.pending)) this.update(this.pending)
  }

  /** Whether the page answers what was kept with newer data than it sent before. */
  private replaced(play: Play, pending: PlayerData): boolean {
    const { id } = pending.recording
    return play.main && !!play.kept && (id === this.data.recording.id || this.shown.expects(id))
  }

  /** Tells the page, once, when all panes are done and a live stream has said where it was kept. */
  private tell(play: Play): void {
    if (play.runs.some((run) => run.painted.length)) this.report(play)
    if (play.main && play.live) this.callbacks.live?.(false)
  }

  private report(play: Play): void {
    this.host.dispatchEvent(new CustomEvent("parallax:seen", { detail: play.detail(), bubbles: true, composed: true }))
    this.callbacks.seen?.(play.report())
    if (!play.kept || (play.main && play.runs !== this.raced)) return
    const instead = this.shown.keep(play, this.data.recording.id)
    this.callbacks.kept?.({ recording: play.kept, instead, ...(play.answers && { answers: play.answers }) })
  }

  private draw(): void {
    const { data } = this
    this.lead.show(data.lead)
    const playing = this.clock.running || this.asks.busy
    this.ask.show(askStateFor(data, playing, this.played, this.pending !== null))
    this.settings.show(data.rows ?? [], data.recording.model)
    this.stage.describe(data.panes, data.open, data.reveal ?? true)
    const recording = this.shown.recording === data.recording.id ? data.recording : null
    this.timer.show(data.timer)
    this.pins.show(data.panes, data.pins, data.patterns)
    this.race.show(this.raced, data.panes, recording, data.reveal ?? true, this.plays.racing, data.felt, data.pins)
    if (data.lead) setRatingWaits(playing)
  }
}

/** A player in `root`, wherever that is. */
export const createPlayer = (root: ParentNode & Node, data: PlayerData, callbacks: Callbacks = {}): Player =>
  new Player(root, data, callbacks)
