/** Clock: one frame loop and one zero for all panes that start together. */
import type { PaneRun } from "./panerun"

/** Where time and frames come from; a test brings its own. */
export interface Beat {
  now(): number
  next(step: () => void): () => void
  hidden(): boolean
}

const HIDDEN_FRAME_MS = 100 // milliseconds; a hidden tab gets no frames

/** The browser's own time: frames while the tab is seen, a timer while it is not. */
export const browserBeat: Beat = {
  now: () => performance.now(),
  hidden: () => document.hidden,
  next(step) {
    if (document.hidden) {
      const timer = setTimeout(step, HIDDEN_FRAME_MS)
      return () => clearTimeout(timer)
    }
    const frame = requestAnimationFrame(step)
    return () => cancelAnimationFrame(frame)
  },
}

interface Start {
  readonly runs: readonly PaneRun[]
  readonly zero: number
  readonly closed: (run: PaneRun) => void
  readonly done: () => void
}

export class Clock {
  private starts: Start[] = []
  private cancel: (() => void) | null = null

  constructor(
    private readonly beat: Beat = browserBeat,
    private readonly onFrame: (seconds: number) => void = () => {},
  ) {}

  get running(): boolean {
    return this.starts.length > 0
  }

  /** Seconds since the first of the runs that play began; null while nothing plays. */
  get seconds(): number | null {
    return this.starts[0] ? (this.beat.now() - this.starts[0].zero) / 1000 : null
  }

  /** Starts runs together; `zero` is in the beat's milliseconds. `closed` is told of each run, `done` of the last. */
  start(runs: readonly PaneRun[], zero: number, closed: (run: PaneRun) => void, done: () => void): void {
    const start = { runs, zero, closed, done }
    this.starts.push(start)
    if (this.beat.hidden()) for (const run of runs) run.hidden = true
    this.wait()
  }

  /** Ends the runs where they are, and lets go of them. */
  stop(runs: readonly PaneRun[]): void {
    for (const run of runs) run.stop()
    this.step()
  }

  /** Forgets runs without telling anybody. */
  drop(runs: readonly PaneRun[]): void {
    this.starts = this.starts.filter((start) => !start.runs.some((run) => runs.includes(run)))
  }

  /** The tab went out of sight or came back: paint what is due now, and say so in the report. */
  visibility(): void {
    if (this.beat.hidden()) this.flag("hidden")
    this.cancel?.()
    this.cancel = null
    if (this.running) this.step()
  }

  flag(what: "hidden" | "resized"): void {
    for (const start of this.starts) for (const run of start.runs) if (!run.closed) run[what] = true
  }

  /** Paints one frame. */
  step(): void {
    const now = this.beat.now()
    this.cancel?.()
    this.cancel = null
    for (const start of [...this.starts]) this.advance(start, (now - start.zero) / 1000)
    if (this.starts[0]) this.onFrame((now - this.starts[0].zero) / 1000)
    this.wait()
  }

  private advance(start: Start, seconds: number): void {
    for (const run of start.runs) run.step(seconds)
    const open = start.runs.some((run) => !run.closed)
    for (const run of start.runs)
      if (run.closed && !this.told.has(run)) {
        this.told.add(run)
        start.closed(run)
      }
    if (open || !this.starts.includes(start)) return
    this.starts = this.starts.filter((other) => other !== start)
    start.done()
  }

  private readonly told = new WeakSet<PaneRun>()

  private wait(): void {
    if (this.running && !this.cancel) this.cancel = this.beat.next(() => this.step())
  }
}
