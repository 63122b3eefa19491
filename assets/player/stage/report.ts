/** Report: what one browser really painted, beside what was scheduled. */
import { NO_SIGN, type Event, type EventData, type Marks } from "../events"
import { hasWords, isBreak, isLast, type PaneReport } from "../protocol"
import type { PaintedEvent, PaneRun } from "./panerun"

interface Moment {
  readonly event: Event
  readonly at: number
}

/** The three moments of a list of events, each at its own time. */
export function momentsOf(moments: readonly Moment[]): Marks {
  const at = (fits: (event: Event) => boolean) => rounded(moments.find(({ event }) => fits(event))?.at ?? null)
  return { sign: at(isSign), first: at(hasWords), complete: at(isLast) }
}

/** Whether a person sees something here; a remark stands outside the pane, and some cards before the question. */
function isSign(event: Event): boolean {
  const { remark, before } = (event.kind === "notice" && (event.data as EventData["notice"])) || {}
  return !NO_SIGN.has(event.kind) && !remark && !before
}

export const scheduledMoments = (events: readonly Event[]): Marks =>
  momentsOf(events.map((event) => ({ event, at: event.at })))

/** Every gap between words (or words and the end) that is longer than `floor` seconds. */
export function wordGaps(moments: readonly Moment[], floor: number): [number, number][] {
  const times = moments.filter(({ event }) => hasWords(event) || isLast(event)).map(({ at }) => at)
  return times
    .slice(1)
    .map((to, i): [number, number] => [times[i]!, to])
    .filter(([from, to]) => to - from > floor)
}

/** The middle, the 95th hundredth and the largest of painted minus scheduled, in milliseconds. */
export function lagSummary(lags: readonly number[]): PaneReport["lag"] {
  const sorted = [...lags].sort((a, b) => a - b)
  const at = (share: number) => tenth(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0)
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}

export const paintLags = (painted: readonly PaintedEvent[]): number[] =>
  painted.map(({ event, at }) => tenth((at - event.at) * 1000))

/** Every lag in milliseconds, and when words were due, in seconds since Send. */
export const paintDetail = (painted: readonly PaintedEvent[]): { lags: number[]; due: number[] } => ({
  lags: paintLags(painted),
  due: painted.filter(({ event }) => hasWords(event)).map(({ event }) => event.at),
})

/** What is told to the page about one pane. */
export function paneReport(run: PaneRun): PaneReport {
  const longest = Math.max(0, ...wordGaps(run.painted, 0).map(([from, to]) => to - from))
  const last = run.painted.at(-1)?.event
  return {
    id: run.id,
    pane: run.pane,
    prototype: run.prototype,
    scheduled: scheduledMoments(run.queue),
    painted: momentsOf(run.painted),
    freeze: rounded(longest) ?? 0,
    hidden: run.hidden,
    resized: run.resized,
    stopped: run.stopped,
    broke: isBreak(last),
    lag: lagSummary(paintLags(run.painted)),
  }
}

const rounded = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds * 1e4) / 1e4)
const tenth = (value: number): number => Math.round(value * 10) / 10
