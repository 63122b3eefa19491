/** Plays: what plays at the moment, on one clock, from its start until it is over and told. */
import type { Clock } from "./clock"
import type { PaneRun } from "./panerun"
import type { Play } from "./play"

export interface PlaysCalls {
  closed(run: PaneRun): void // one pane came to its end, or was stopped
  told(play: Play): void // all its panes did, and a live stream has said where it was kept; once for each play
  settled(play: Play): void // after that, and each time that a part of it is over
}

export class Plays {
  private plays: Play[] = []

  constructor(
    private readonly clock: Clock,
    private readonly calls: PlaysCalls,
  ) {}

  /** Whether the panes play together, and not one that goes on alone. */
  get racing(): boolean {
    return this.plays.some((play) => play.main && !play.done)
  }

  add(play: Play): void {
    this.plays.push(play)
  }

  /** Starts a play; `zero` is in the clock's milliseconds. */
  start(play: Play, zero: number): void {
    const done = () => {
      play.done = true
      this.settle(play)
    }
    this.clock.start(play.runs, zero, (run) => this.calls.closed(run), done)
  }

  /** Ends what plays, in one pane or in all of them; the panes keep what they have. */
  stop(pane?: string): void {
    for (const play of [...this.plays]) this.clock.stop(play.runs.filter((run) => !pane || run.pane === pane))
  }

  /** Forgets whatever plays, and tells nobody. */
  clear(): void {
    for (const play of this.plays) this.clock.drop(play.runs)
    for (const play of this.plays) for (const run of play.runs) run.stop()
    this.plays = []
  }

  /** A part of a play is over: its panes, or the live stream behind them. */
  settle(play: Play): void {
    if (play.over && !play.told) {
      play.told = true
      this.plays = this.plays.filter((other) => other !== play)
      this.calls.told(play)
    }
    this.calls.settled(play)
  }
}
