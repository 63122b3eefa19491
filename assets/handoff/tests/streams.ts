/** Streams for the tests: answers that were written down. */

import type { Event, Stream } from "../parallax_events.ts"

/** The stream of these events. */
export async function* streamOf(events: readonly Event[]): Stream {
  for (const event of events) yield await Promise.resolve(event)
}

/** All that a stream says. */
export async function collect(stream: Stream): Promise<Event[]> {
  const found = []
  for await (const event of stream) found.push(event)
  return found
}
