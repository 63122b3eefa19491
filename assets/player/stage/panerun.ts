/** Run: one pane's events on their way to the screen, and when each was painted. */
import { randomId } from "../dom"
import type { Event } from "../events"
import { hasWords, isLast } from "../protocol"

/** One event as painted: what, when it should have been and when it was, in seconds since Send. */
export interface PaintedEvent {
  readonly event: Event
  readonly at: number
}

export class PaneRun {
  readonly id = randomId()
  readonly painted: PaintedEvent[] = []
  readonly queue: Event[]
  next = 0
  closed = false
  hidden = false
  resized = false
  stopped = false

  /** A live run has no events yet and paints each as it comes. */
  constructor(
    readonly pane: string,
    readonly prototype: string,
    events: readonly Event[],
    readonly live: boolean,
    private readonly paint: (batch: readonly Event[]) => void,
    private readonly inSight: () => boolean = () => true,
  ) {
    this.queue = [...events]
  }

  /** Paints all that is due at `now`, in seconds since Send; closes after the last event. */
  step(now: number): void {
    if (this.closed) return
    const from = this.next
    while (this.next < this.queue.length && (this.live || this.queue[this.next]!.at <= now)) this.next++
    if (this.next > from) {
      const batch = this.queue.slice(from, this.next)
      this.look(batch)
      for (const event of batch) this.painted.push({ event, at: now })
      this.paint(batch)
    }
    const last = this.queue[this.next - 1]
    if (this.live ? last && isLast(last) : this.next >= this.queue.length) this.closed = true
  }

  /** A person can only tell when the first words and the end came if the pane was on the screen at these moments. */
  private look(batch: readonly Event[]): void {
    const begins = batch.some(hasWords) && !this.painted.some(({ event }) => hasWords(event))
    if ((begins || batch.some(isLast)) && !this.inSight()) this.hidden = true
  }

  /** Ends the run where it is. */
  stop(): void {
    if (this.closed) return
    this.stopped = true
    this.closed = true
  }
}
