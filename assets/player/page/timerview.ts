/** Timer view: a countdown that everybody who has the work on screen sees, by the server's clock. */
import { h, setText } from "../dom"
import type { SharedTimer } from "../protocol"
import { serverAheadMs } from "./sharedplay"

const TICK_MS = 250

/** Seconds as a clock shows them, never below nothing. */
export function clockText(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
}

export class TimerView {
  private readonly time = h("span", { class: "num", role: "timer" })
  private readonly over = h("span", { role: "status" })
  readonly root = h("p", { class: "countdown", hidden: true }, this.time, " ", this.over)
  private shown = ""
  private ticking: ReturnType<typeof setInterval> | undefined

  /** Shows a countdown, one that stands still, or none. */
  show(timer: SharedTimer | null | undefined): void {
    this.root.hidden = !timer
    if ((timer?.id ?? "") === this.shown) return
    this.end()
    this.shown = timer?.id ?? ""
    if (!timer) return
    if (timer.at === null) return this.draw(timer.left, " · paused")
    const { id, at } = timer
    this.draw(timer.left, "")
    void serverAheadMs(timer.clock).then((ahead) => {
      if (this.shown !== id) return
      const tick = (): void => this.draw((at - Date.now() - ahead) / 1000, "")
      tick()
      this.ticking = setInterval(tick, TICK_MS)
    })
  }

  /** Nothing is counted any more. */
  end(): void {
    clearInterval(this.ticking)
    this.shown = ""
  }

  private draw(seconds: number, words: string): void {
    setText(this.time, clockText(seconds))
    setText(this.over, seconds > 0 ? words : "Time is up.")
    this.root.classList.toggle("over", seconds <= 0)
    if (seconds <= 0) clearInterval(this.ticking)
  }
}
