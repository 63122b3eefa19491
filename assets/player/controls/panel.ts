/** Panel: who opens the page's panel of dials with keys is taken into it, and brought back when it closes. */

const LOOK_MS = 50 // milliseconds between looks at a page that is still being drawn
const PANEL_TIMEOUT_MS = 10_000

/** Takes who uses keys into the panel of a pane, once the page has drawn it. */
export function focusPanel(pane: string): void {
  const from = focusedElement()
  if (!from?.matches(":focus-visible")) return
  focusOnceThere(
    // The name comes first, though another box may be drawn sooner.
    () => document.querySelector<HTMLElement>(`.st-key-dials-${pane} [data-testid="stTextInput"] input`),
    () => focusedElement() === from,
  )
}

/** Brings the focus back to the button of a panel that closed, where it went with the panel. */
export function returnFocus(button: HTMLElement): void {
  const from = focusedElement()
  focusOnceThere(
    () => (focusedElement() === document.body ? button : null),
    () => focusedElement() === from,
  )
}

/** Focuses what is found, as long as the person has not gone elsewhere. */
function focusOnceThere(find: () => HTMLElement | null, still: () => boolean, left = PANEL_TIMEOUT_MS / LOOK_MS): void {
  const found = find()
  if (found) found.focus({ preventScroll: true })
  else if (still() && left > 0) setTimeout(() => focusOnceThere(find, still, left - 1), LOOK_MS)
}

function focusedElement(): Element | null {
  let inner = document.activeElement
  while (inner?.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement
  return inner
}
