/** Timelines: what a step plays, fetched once, ahead of it where there is time. */
import type { Timeline } from "../player/protocol"
import type { Step } from "./protocol"

export class Timelines {
  private readonly known = new Map<string, Promise<Timeline>>()

  constructor(private readonly fetched: (id: string) => Promise<Timeline>) {}

  /** The timeline with this id; one that could not be fetched is fetched anew the next time. */
  get(id: string): Promise<Timeline> {
    const known = this.known.get(id)
    if (known) return known
    const found = this.fetched(id)
    this.known.set(id, found)
    found.catch(() => this.known.delete(id))
    return found
  }

  /** Fetches what a step plays ahead of it; a failure is told only when the step comes. */
  prepare(step: Step | null): void {
    if (step?.kind !== "practice" && step?.kind !== "trial") return
    for (const { timeline } of step.panes) this.get(timeline).catch(() => {})
  }
}
