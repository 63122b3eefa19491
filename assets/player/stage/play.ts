/** Play: one start of one or more panes, until all are done and told. */
import { randomId } from "../dom"
import type { LiveAnswer } from "../live/live"
import type { PaneAnswers, PlayReport } from "../protocol"
import { paintDetail, paneReport } from "./report"
import type { PaneRun } from "./panerun"
import { START_STEPS, type Steps } from "./steps"

export class Play {
  readonly id = randomId()
  live: LiveAnswer | null = null
  kept = ""
  answers: PaneAnswers | undefined // where each pane's own answer was kept, where several models answered
  lost = false // whether the live stream broke off, because the server or this page went away
  streaming = false // whether a live stream may still say something
  done = false // whether every pane is complete or stopped
  told = false
  transit: number | null = null // seconds between the server's start and this browser's zero, by the two clocks

  /** `steps`: how a pane that goes on alone came here; a play of all panes is at the start. */
  constructor(
    readonly runs: readonly PaneRun[],
    readonly recording: string,
    readonly comparison: string,
    private readonly steps: Steps = START_STEPS,
  ) {}

  /** Whether all panes play, and not one that goes on alone. */
  get main(): boolean {
    return this.steps === START_STEPS
  }

  get over(): boolean {
    return this.done && !this.streaming
  }

  report(): PlayReport {
    const { choices, attempt, partial } = this.steps
    const recording = this.live ? this.kept : this.recording
    return {
      play: this.id,
      comparison: this.comparison,
      live: this.live !== null,
      recording,
      ...(this.answers && { answers: this.answers }),
      choices,
      attempt,
      partial,
      panes: this.runs.map(paneReport),
    }
  }

  /** The report with every single lag, when words were due, and the live transit, for benches. */
  detail(): unknown {
    const report = this.report()
    const panes = report.panes.map((pane, i) => ({ ...pane, ...paintDetail(this.runs[i]!.painted) }))
    return { ...report, panes, transit: this.transit }
  }
}

/** How far these runs were painted, in seconds since Send; Infinity once all are at their end. */
export function playedSeconds(runs: readonly PaneRun[]): number {
  if (runs.length > 0 && runs.every((run) => run.closed)) return Infinity
  return Math.max(0, ...runs.map((run) => run.painted.at(-1)?.at ?? 0))
}

/** Paints what comes in the first `from` seconds, each event at its own time; the zero from which the rest plays. */
export function catchUp(runs: readonly PaneRun[], from: number, zero: number): number {
  if (from === 0) return zero
  for (const run of runs) for (const { at } of run.queue) if (at <= from) run.step(at)
  const last = Math.max(0, ...runs.map((run) => run.queue.at(-1)?.at ?? 0))
  return performance.now() - Math.min(from, last) * 1000
}
