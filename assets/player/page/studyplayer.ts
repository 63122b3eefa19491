/** Study player: the panes of one trial, without the designer's controls. A person presses Send, and it plays. */
import sendIcon from "lucide-static/icons/arrow-up.svg"
import { freshId, h, iconElement } from "../dom"
import type { Event } from "../events"
import { setPhrases } from "../phrases"
import type { PaneSpec, PlayReport } from "../protocol"
import { Clock, browserBeat } from "../stage/clock"
import type { PaneCalls } from "../stage/pane"
import type { PaneRun } from "../stage/panerun"
import { Play } from "../stage/play"
import { Press } from "../stage/press"
import { Stage } from "../stage/stage"
import { Announcer } from "./announcer"
import { GoingOn, type GoingRemarks } from "./goingon"
import { listenToPage } from "./keys"
import { studyStyle } from "./style"
import { followTheme } from "./theme"

export interface StudyWords {
  readonly send: string
  readonly prompt: string // what the box with the question is called
  readonly stopped: string
  readonly alike: string
  readonly fixed: string // the question is given, and others cannot be asked
  readonly further: string
  readonly phrases: Readonly<Record<string, string>> // what stands around an answer, by the English phrase
}

export interface StudyPlayerData {
  readonly prompt: string
  readonly recording: string // the answer that is played; "" where each pane has its own
  readonly panes: readonly PaneSpec[]
  readonly words: StudyWords
  readonly live: HTMLElement // where the page speaks to those who listen
}

export interface StudyCalls {
  /** What a person did: Send, choose, stop, retry … */
  acted(act: string, pane: string, text: string): void
  /** A play is over. */
  played(report: PlayReport): void
  /** Whether something plays, or a question waits for an answer. */
  changed(playing: boolean, asking: boolean): void
}

export class StudyPlayer {
  readonly host = h("div", { class: "parallax" })
  private readonly announcer: Announcer
  private readonly clock = new Clock(browserBeat, () => this.announcer.follow(() => this.stage.panesInOrder))
  private readonly press = new Press()
  private readonly stage: Stage
  private readonly going: GoingOn
  private readonly ends = new AbortController()
  private readonly box: HTMLElement
  private readonly undress: () => void
  private plays: Play[] = []
  private lasts = new Map<string, PaneRun>()

  constructor(
    root: ParentNode & Node,
    private readonly data: StudyPlayerData,
    private readonly calls: StudyCalls,
  ) {
    setPhrases(data.words.phrases)
    this.announcer = new Announcer(data.live, data.words.alike)
    this.stage = new Stage(this.paneCalls(), () => this.clock.running)
    this.going = this.goingOn()
    this.box = this.sendBox()
    const page = this.host.attachShadow({ mode: "open" })
    const player = h("div", { class: "player study", "data-panes": data.panes.length }, this.stage.root, this.box)
    page.append(h("style", {}, studyStyle), player)
    root.append(this.host)
    this.undress = followTheme(this.host)
    listenToPage(page, this.clock, this.press, this.ends.signal)
    this.stage.load(data.panes, "")
    this.stage.describe(data.panes, undefined, true)
    this.stage.reserve()
  }

  /** What takes the focus first: the button that sends. */
  get first(): HTMLElement | null {
    return this.box.querySelector("button")
  }

  destroy(): void {
    for (const play of this.plays) this.clock.drop(play.runs)
    for (const play of this.plays) for (const run of play.runs) run.stop()
    this.plays = []
    this.ends.abort()
    this.announcer.begin() // what was read out of this answer is not found by who reads the next screen
    this.stage.destroy()
    this.undress()
    this.host.remove()
  }

  private sendBox(): HTMLElement {
    const { prompt, words } = this.data
    const id = freshId("prompt")
    const send = h(
      "button",
      { type: "button", class: "go", onclick: () => this.send() },
      iconElement(sendIcon),
      h("span", {}, words.send),
    )
    return h(
      "div",
      { class: "sending", role: "group", "aria-label": words.prompt },
      h("p", { id, class: "prompt", dir: "auto", tabindex: prompt.length > 300 ? 0 : null }, prompt),
      send,
    )
  }

  private paneCalls(): PaneCalls {
    return {
      dials: () => {},
      choose: (pane, question, pick, turn, decides) => {
        this.calls.acted("choose", pane, pick.option)
        this.going.choose(pane, question, pick, turn, decides)
        this.tell()
      },
      fill: (question) => {
        this.calls.acted("fill", "", question)
        for (const pane of this.stage.panesInOrder) pane.remark(this.data.words.fixed)
      },
      act: (pane, name, label) => {
        this.calls.acted(name, pane, label)
        if (name === "stop") this.stop(pane)
        else this.going.act(pane, name, label)
        this.tell()
      },
    }
  }

  private goingOn(): GoingOn {
    const { panes, recording, words } = this.data
    const remarks: GoingRemarks = { changed: "", unrecorded: words.further, further: words.further }
    const calls = {
      data: () => ({ panes, recording: { id: recording }, comparison: "" }),
      prompt: () => this.data.prompt,
      replays: () => true,
      stage: () => this.stage,
      asks: null,
      begin: (play: Play) => this.begin(play),
      start: (play: Play) => this.start(play),
    }
    return new GoingOn(calls, remarks)
  }

  /** Plays what comes from elsewhere, in place of what came along; each event is handed to what is given back. */
  playLive(): (pane: string, event: Event) => void {
    const runs = this.sendRuns(true)
    return (pane, event) => runs.find((run) => run.pane === pane)?.queue.push(event)
  }

  /** The person sends the question: everything plays from the time of that press. */
  private send(): void {
    if (!this.box.hidden) this.sendRuns(false)
  }

  private sendRuns(live: boolean): readonly PaneRun[] {
    const { panes, prompt, recording } = this.data
    this.calls.acted("send", "", "")
    this.box.hidden = true
    this.box.parentElement?.classList.add("sent")
    const play = new Play(
      panes.map((spec) => this.stage.makeRun(spec, live ? [] : spec.timeline.events, live)),
      recording,
      "",
    )
    this.stage.start(prompt)
    this.announcer.begin()
    this.begin(play)
    this.start(play)
    this.stage.pane(panes[0]!.key)?.focus()
    this.tell()
    return play.runs
  }

  private stop(pane: string): void {
    for (const play of [...this.plays]) this.clock.stop(play.runs.filter((run) => run.pane === pane))
  }

  private begin(play: Play): void {
    this.plays.push(play)
    for (const run of play.runs) this.lasts.set(run.pane, run)
  }

  private start(play: Play): void {
    const done = (): void => {
      this.plays = this.plays.filter((other) => other !== play)
      this.calls.played(play.report())
      this.tell()
    }
    this.clock.start(play.runs, this.press.time, (run) => this.closed(run), done)
  }

  private closed(run: PaneRun): void {
    const pane = this.stage.pane(run.pane)
    if (!pane) return
    pane.finish(run.stopped ? this.data.words.stopped : "")
    this.announcer.close(pane)
  }

  private tell(): void {
    const asking = this.data.panes.some((spec) => this.asks(spec))
    this.calls.changed(this.plays.length > 0, asking)
  }

  /** Whether a pane waits for a choice without which there is no answer. */
  private asks(spec: PaneSpec): boolean {
    const run = this.lasts.get(spec.key)
    const last = run?.closed ? run.painted.at(-1)?.event : undefined
    return !!last && isDecision(last) && this.going.leadsOn(spec)
  }
}

const isDecision = (event: Event): boolean => event.kind === "question" && event.data?.form !== "next"
