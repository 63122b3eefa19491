/** Race: where each pane's moments lie on one axis, worked out before anything is drawn. */
import { FREEZE_S, type Event } from "../events"
import { hasWords, isBreak, isLast } from "../protocol"
import { wordGaps, momentsOf, scheduledMoments } from "./report"
import type { PaneRun } from "./panerun"

export interface Bar {
  readonly kind: "sign" | "words" | "freeze" | "break" | "stop"
  readonly from: number // share of the axis, 0 to 1
  readonly to: number
  readonly seconds: readonly [number, number]
}

export interface Lane {
  readonly pane: string
  readonly bars: readonly Bar[]
  readonly ticks: readonly number[] // where the schedule wanted sign, words and end; shares of the axis
  readonly says: string
  readonly felt?: string // what the person had said, where they said it
}

export interface Axis {
  readonly longest: number
  readonly ticks: readonly number[]
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300]

/** A round axis of three to six steps that holds so many seconds. */
export function roundAxis(seconds: number): Axis {
  const step = STEPS.find((s) => seconds / s <= 5) ?? Math.ceil(seconds / 5)
  const count = Math.max(2, Math.ceil(seconds / step - 1e-9))
  return { longest: step * count, ticks: Array.from({ length: count + 1 }, (_, i) => Number((i * step).toFixed(2))) }
}

/** When a run was over, in seconds since Send. */
export const runEnd = (run: PaneRun): number => run.painted.at(-1)?.at ?? 0

/** The axis that holds all runs, painted and scheduled. */
export function sharedAxis(runs: readonly PaneRun[]): Axis {
  return roundAxis(
    Math.max(0.5, ...runs.flatMap((run) => [runEnd(run), run.stopped ? 0 : (run.queue.at(-1)?.at ?? 0)])),
  )
}

/** The bars and words of one run. */
export function runLane(run: PaneRun, { longest }: Axis): Lane {
  const painted = momentsOf(run.painted)
  const wanted = scheduledMoments(run.queue)
  const end = painted.complete ?? runEnd(run)
  const bars: Bar[] = []
  const bar = (kind: Bar["kind"], from: number, to: number) =>
    bars.push({ kind, from: share(from, longest), to: share(to, longest), seconds: [from, to] })
  if (painted.sign !== null && painted.sign < (painted.first ?? end)) bar("sign", painted.sign, painted.first ?? end)
  if (painted.first !== null) bar("words", painted.first, lastWords(run) ?? end)
  for (const [from, to] of wordGaps(run.painted, FREEZE_S)) bar("freeze", from, to)
  if (broke(run)) bar("break", end, end)
  else if (run.stopped) bar("stop", end, end)
  const ticks = run.live
    ? []
    : [wanted.sign, wanted.first, wanted.complete]
        .filter((at): at is number => at !== null && at <= longest)
        .map((at) => share(at, longest))
  return { pane: run.pane, bars, ticks: [...new Set(ticks)], says: words(run, painted.first, end) }
}

/** The largest distance between painted and scheduled, in milliseconds. */
export const largestLagMs = (runs: readonly PaneRun[]): number =>
  Math.round(Math.max(0, ...runs.flatMap((run) => run.painted.map(({ event, at }) => Math.abs(at - event.at) * 1000))))

function words(run: PaneRun, first: number | null, end: number): string {
  const begin = first === null ? "no words" : `words ${first.toFixed(2)}`
  const how = broke(run) ? "broke" : run.stopped ? "stopped" : asked(run) ? "asked" : "complete"
  return `${begin} · ${how} ${end.toFixed(2)}`
}

/** A blocking answer shows all its words at once: the bar still needs an end, the moment of its end. */
function lastWords(run: PaneRun): number | null {
  const last = run.painted.findLast(({ event }) => hasWords(event) || isLast(event))
  return last ? last.at : null
}

const lastEvent = (run: PaneRun): Event | undefined => run.painted.at(-1)?.event
const broke = (run: PaneRun): boolean => isBreak(lastEvent(run))
const asked = (run: PaneRun): boolean => lastEvent(run)?.kind === "question"
const share = (seconds: number, longest: number): number => Math.min(1, Math.max(0, seconds / longest))
