/** Page watch: what happens to the page while a step is on it: out of sight, left, another size. */
import type { PageFacts } from "../protocol"

export const tenths = (ms: number): number => Math.round(ms * 10) / 10

export class PageWatch {
  private readonly ends = new AbortController()
  private hides = 0
  private pagehides = 0
  private resizes = 0
  private hidden = 0
  private since: number | null = null // when it went out of sight, while it is

  constructor() {
    const { signal } = this.ends
    document.addEventListener("visibilitychange", () => this.look(), { signal })
    window.addEventListener("pagehide", () => void this.pagehides++, { signal })
    window.addEventListener("resize", () => void this.resizes++, { signal })
    if (document.hidden) this.look()
  }

  facts(): PageFacts {
    const hidden = this.hidden + (this.since === null ? 0 : performance.now() - this.since)
    return {
      hidden_ms: tenths(hidden),
      hides: this.hides,
      pagehides: this.pagehides,
      resizes: this.resizes,
      width: innerWidth,
      height: innerHeight,
      zoom: Math.round((window.visualViewport?.scale ?? 1) * 100) / 100,
    }
  }

  stop(): void {
    this.ends.abort()
  }

  private look(): void {
    if (document.hidden && this.since === null) {
      this.hides++
      this.since = performance.now()
    } else if (!document.hidden && this.since !== null) {
      this.hidden += performance.now() - this.since
      this.since = null
    }
  }
}
