/** Going on: what one pane plays after a person chose or pressed something in it. */
import type { Event } from "../events"
import type { LiveAsks } from "../live/liveasks"
import type { Pick } from "../pieces/questions"
import type { Turn } from "../pieces/turn"
import type { PaneSpec } from "../protocol"
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

/** What panes go on from; `live` where a model can be asked for what nobody recorded. */
export interface GoingData {
  readonly panes: readonly PaneSpec[]
  readonly recording: { readonly id: string }
  readonly comparison: string
  readonly live?: unknown
}

/** What is said below a pane that goes on otherwise than was wished; "" for nothing. */
export interface GoingRemarks {
  readonly changed: string // the recorded answer does not know what was changed
  readonly unrecorded: string
  readonly further: string // a button leads nowhere
}

const REMARKS: GoingRemarks = { changed: CHANGED_UNHEARD, unrecorded: NOT_RECORDED, further: NO_FURTHER }

export interface GoingCalls {
  data(): GoingData
  prompt(): string
  /** Whether what is on screen is the recording that the data are about. */
  replays(): boolean
  stage(): Stage
  readonly asks: LiveAsks | null
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

  constructor(
    private readonly calls: GoingCalls,
    private readonly remarks = REMARKS,
  ) {}

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

  /** Whether what can be chosen in a pane leads anywhere. */
  leadsOn({ key, timeline }: PaneSpec): boolean {
    return Object.keys(timelineAt(timeline, this.stepsOf(key).path)?.branches ?? {}).length > 0
  }

  private stepsOf(key: string): Steps {
    return this.steps.get(key) ?? START_STEPS
  }

  /** One pane goes on alone: along a prepared branch, or live where none was prepared. */
  private goOn(key: string, going: Going): void {
    const data = this.calls.data()
    const spec = data.panes.find((one) => one.key === key)
    const pane = this.calls.stage().pane(key)
    const { asks } = this.calls
    if (!spec || !pane) return
    const { steps, pick, canAsk } = going
    const at = (path: readonly string[]) => (this.calls.replays() ? timelineAt(spec.timeline, path)?.events : undefined)
    const branch = at(steps.path)
    const near = branch || !pick?.along ? undefined : at(alongPath(steps, pick.along))
    if (branch) this.goAlong(spec, pane, branch, going)
    else if (near) {
      this.goAlong(spec, pane, withApprovedSteps(near, pick?.steps ?? []), going)
      pane.remark(this.remarks.changed)
    } else if (data.live && asks && canAsk) this.goLive(asks, spec, pane, going)
    else {
      pane.release()
      pane.remark(canAsk ? this.remarks.unrecorded : this.remarks.further)
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

  private goLive(asks: LiveAsks, spec: PaneSpec, pane: Pane, going: Going): void {
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
