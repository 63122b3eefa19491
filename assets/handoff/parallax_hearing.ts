/** Hearing: answers that nobody sees, taken in side by side. */

import { Event, textAfter } from "./parallax_events.ts"
import type { Stream } from "./parallax_events.ts"

/** An answer that nobody sees, while it comes in; `last` is its last event once it is over. */
export class HiddenAnswer {
  readonly stream: Stream
  at: number
  text = ""
  last: Event | null = null

  constructor(stream: Stream, at: number) {
    this.stream = stream
    this.at = at
  }

  /** Whether it came to its own end. */
  get isWhole(): boolean {
    return this.last?.kind === "end" && !this.last.wasStopped
  }

  /** Take in what it says until it has nothing new, or is over. */
  async listen(start: number): Promise<void> {
    for (;;) {
      const { value: event } = await this.stream.next() // a loop with `of` would end the stream with itself
      if (!event) break
      this.at = Math.max(this.at, start + event.at)
      if (event.kind === "silence") return
      this.text = textAfter(this.text, event)
      if (event.isLast) {
        this.last = event
        return
      }
    }
    this.last = new Event(this.at - start, "error")
  }
}

export type Hearing = AsyncGenerator<Event, HiddenAnswer[]> // silences while answers come in, and then the answers

/** Several answers, heard side by side from `start` on. */
export async function* hearAll(streams: readonly Stream[], start: number): Hearing {
  const heard = streams.map((stream) => new HiddenAnswer(stream, start))
  const going = () => heard.filter((answer) => !answer.last)
  try {
    while (going().length) {
      const listening = going()
      await Promise.all(listening.map((answer) => answer.listen(start)))
      if (going().length) yield new Event(Math.min(...listening.map((answer) => answer.at)), "silence")
    }
  } finally {
    for (const answer of heard) await answer.stream.return()
  }
  return heard
}
