/** Keys: what is typed into a box of ours stays in it, and what a player hears of the page around it. */
import type { Clock } from "../stage/clock"
import type { Press } from "../stage/press"

/** Keeps typed keys from the page around, which has shortcuts of single letters and cannot see the box. */
export function keepTypedKeys(box: EventTarget, signal?: AbortSignal): void {
  const options = signal ? { signal } : {}
  const keep = (event: Event): void => {
    if ((event.target as Element).matches?.("textarea, input")) event.stopPropagation()
  }
  for (const kind of ["keydown", "keypress", "keyup"]) box.addEventListener(kind, keep, options)
}

/** Tells a clock when the page is hidden or its size changes, and remembers presses below `page`. */
export function listenToPage(page: ShadowRoot, clock: Clock, press: Press, signal: AbortSignal): void {
  document.addEventListener("visibilitychange", () => clock.visibility(), { signal })
  window.addEventListener("resize", () => clock.flag("resized"), { signal })
  keepTypedKeys(page, signal)
  press.listen(page, signal)
}

/** What is asked about the panes waits until nothing plays any more. */
export function setRatingWaits(playing: boolean): void {
  document.querySelector(".st-key-rating")?.toggleAttribute("inert", playing)
}
