/** Going on: what one pane plays after a person chose or pressed something in it. */
import type { Event } from "../events"
import type { LiveAsks } from "../live/liveasks"
import type { Pick } from "../pieces/questions"
import type { Turn } from "../pieces/turn"
import type { PaneSpec, PlayerData } from "../protocol"
import type { Pane, TurnStart } from "../stage/pane"
import { withApprovedSteps } from "../stage/plan"
import { Play } from "../stage/play"
import type { Stage } from "../stage/stage"
import {
  afterButton,
  afterChoice,
  alongPath,
  CHANGED_UNHEARD,
  NO_FURTHER,
  NOT_RECORDED,
  START_STEPS,
} from "../stage/steps"
import { stepAfter, timelineAt, type Steps } from "../stage/steps"

export interface GoingCalls {
  data(): PlayerData
  prompt(): string
  /** Whether what is on screen is the recording that the data are about. */
  replays(): boolean
  stage(): Stage
  readonly asks: LiveAsks
  begin(play: Play): void
  start(play: Play): void
}

interface Going {
  readonly way: TurnStart
  readonly words: string
  readonly steps: Steps
  readonly canAsk: boolean
  readonly pick?: Pick
}

export class GoingOn {
  private steps = new Map<string, Steps>()
  private turning = new Map<Turn, Steps>() // the steps that led to each turn in which something was chosen

  constructor(private readonly calls: GoingCalls) {}

  /** All panes are at the start. */
  clear(): void {
    this.steps = new Map()
    this.turning = new Map()
  }

  /** Goes on after an answer to a question; a decision that is made again goes on from where it was made first. */
  choose(key: string, question: string, pick: Pick, turn: Turn, decides: boolean): void {
    const from = this.turning.get(turn) ?? this.stepsOf(key)
    this.turning.set(turn, from)
    const steps = afterChoice(question, pick.option)(from)
    this.goOn(key, { way: decides ? "decided" : "chosen", words: pick.option, steps, canAsk: true, pick })
  }

  /** Goes on after a button that asks again, or leads along a prepared branch. */
  act(key: string, name: string, label: string): void {
    const step = stepAfter(name, this.calls.stage().pane(key)?.source ?? "")
    const steps = (step?.take ?? afterButton(name))(this.stepsOf(key))
    this.goOn(key, { way: step?.way ?? "chosen", words: label, steps, canAsk: !!step })
  }

  private stepsOf(key: string): Steps {
    return this.steps.get(key) ?? START_STEPS
  }

  /** One pane goes on alone: along a prepared branch, or live where none was prepared. */
  private goOn(key: string, going: Going): void {
    const data = this.calls.data()
    const spec = data.panes.find((one) => one.key === key)
    const pane = this.calls.stage().pane(key)
    if (!spec || !pane) return
    const { steps, pick, canAsk } = going
    const at = (path: readonly string[]) => (this.calls.replays() ? timelineAt(spec.timeline, path)?.events : undefined)
    const branch = at(steps.path)
    const near = branch || !pick?.along ? undefined : at(alongPath(steps, pick.along))
    if (branch) this.goAlong(spec, pane, branch, going)
    else if (near) {
      this.goAlong(spec, pane, withApprovedSteps(near, pick?.steps ?? []), going)
      pane.remark(CHANGED_UNHEARD)
    } else if (data.live && canAsk) this.goLive(spec, pane, going)
    else {
      pane.release()
      pane.remark(canAsk ? NOT_RECORDED : NO_FURTHER)
    }
  }

  private enter(spec: PaneSpec, pane: Pane, play: Play, { way, words, steps }: Going): void {
    this.steps.set(spec.key, steps)
    pane.begin(way, words)
    this.calls.begin(play)
  }

  private goAlong(spec: PaneSpec, pane: Pane, events: readonly Event[], going: Going): void {
    const run = this.calls.stage().makeRun(spec, events, false)
    const { recording, comparison } = this.calls.data()
    const play = new Play([run], recording.id, comparison, going.steps)
    this.enter(spec, pane, play, going)
    this.calls.start(play)
  }

  private goLive(spec: PaneSpec, pane: Pane, going: Going): void {
    const { asks } = this.calls
    const run = this.calls.stage().makeRun(spec, [], true)
    const play = new Play([run], "", this.calls.data().comparison, going.steps)
    const { choices, attempt, partial } = going.steps
    const ask = { text: this.calls.prompt(), panes: [spec.key], choices, attempt, partial }
    pane.hold(asks.busy ? "Asked as soon as the answer before it is complete." : "Waiting for the model …")
    asks.ask(
      play,
      ask,
      () => this.enter(spec, pane, play, going),
      () => pane.release(),
    )
  }
}
