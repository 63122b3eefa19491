/** Keys: what is typed into a box of ours stays in it. */

/** Keeps typed keys from the page around, which has shortcuts of single letters and cannot see the box. */
export function keepTypedKeys(box: EventTarget, signal?: AbortSignal): void {
  const options = signal ? { signal } : {}
  const keep = (event: Event): void => {
    if ((event.target as Element).matches?.("textarea, input")) event.stopPropagation()
  }
  for (const kind of ["keydown", "keypress", "keyup"]) box.addEventListener(kind, keep, options)
}
