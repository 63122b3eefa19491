/** Panel: who opens the page's panel of dials with keys is taken into it, and brought back when it closes. */

const LOOK = 50 // milliseconds between looks at a page that is still being drawn
const PATIENCE = 10_000

/** Takes who uses keys into the panel of a pane, once the page has drawn it. */
export function focusPanel(pane: string): void {
  const from = focused()
  if (!from?.matches(":focus-visible")) return
  soon(
    () => document.querySelector<HTMLElement>(`.st-key-dials-${pane} input`),
    () => focused() === from,
  )
}

/** Brings the focus back to the button of a panel that closed, where it went with the panel. */
export function returnFocus(button: HTMLElement): void {
  const from = focused()
  soon(
    () => (focused() === document.body ? button : null),
    () => focused() === from,
  )
}

/** Focuses what is found, as long as the person has not gone elsewhere. */
function soon(find: () => HTMLElement | null, still: () => boolean, left = PATIENCE / LOOK): void {
  const found = find()
  if (found) found.focus({ preventScroll: true })
  else if (still() && left > 0) setTimeout(() => soon(find, still, left - 1), LOOK)
}

function focused(): Element | null {
  let inner = document.activeElement
  while (inner?.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement
  return inner
}
