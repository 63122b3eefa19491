/** Shared play: a play that begins in every browser at the same moment of the server's clock. */
import type { SharedMoment } from "../protocol"

const ASKED_TIMES = 3 // how often the server is asked for its time: the quickest answer counts
const LATEST_MS = 3000 // how late a play may begin: who comes later is not surprised by one

/** Milliseconds that the server's clock is ahead of this one; 0 where it does not answer. */
export async function serverAheadMs(url: string): Promise<number> {
  let best = { took: Infinity, ahead: 0 }
  for (let n = 0; n < ASKED_TIMES; n++) {
    try {
      const asked = performance.now()
      const { now } = (await (await fetch(url, { cache: "no-store" })).json()) as { now: number }
      const took = performance.now() - asked
      if (took < best.took) best = { took, ahead: now - (Date.now() - took / 2) }
    } catch {
      break // it plays by this computer's clock then
    }
  }
  return best.ahead
}

export class SharedPlay {
  private id: string
  private timer: ReturnType<typeof setTimeout> | undefined

  /** One that is known already is over: who opens the page later only sees that it was. */
  constructor(known: SharedMoment | null | undefined) {
    this.id = known?.id ?? ""
  }

  /** Plays at the moment that the page names, once. */
  follow(moment: SharedMoment | null | undefined, play: () => void): void {
    if (!moment || moment.id === this.id) return
    this.id = moment.id
    clearTimeout(this.timer)
    void serverAheadMs(moment.clock).then((ahead) => {
      const wait = moment.at - (Date.now() + ahead)
      if (moment.id === this.id && wait > -LATEST_MS) this.timer = setTimeout(play, Math.max(0, wait))
    })
  }

  /** Nothing is waited for any more. */
  end(): void {
    this.id = ""
    clearTimeout(this.timer)
  }
}
