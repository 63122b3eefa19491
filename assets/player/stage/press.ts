/** Press: when a person pressed what is answered now, by the event and not by its handler, which may run late. */

const KINDS = ["click", "keydown"] as const

/**
 * Remembers the event that is being handled. A click's time is that at which the button was let go, or the key that
 * stands for it went down (Space: up); before that the person can still change their mind.
 */
export class Press {
  private event: Event | null = null

  /** Hears of every press below `root` before its handler does. */
  listen(root: ShadowRoot, signal: AbortSignal): void {
    for (const kind of KINDS) root.addEventListener(kind, (event) => (this.event = event), { capture: true, signal })
  }

  /** The time of the press that is being handled, in milliseconds as `performance.now()`; now where there is none. */
  get time(): number {
    const now = performance.now()
    const pressed = this.event?.eventPhase ? this.event.timeStamp : now
    return pressed > 0 && pressed <= now ? pressed : now
  }
}
