/**
 * Arrival: what the server makes of a page's address that was just come to takes its place. Else Back would lead to the
 * address as it was, and the server would make the same of it again.
 */
const STATE = "data-test-script-state"

let arrives = null // whether the page was just come to; null until this is set up, once for as long as it is open

/** Pushes an address, or lets it take the place of the one that was come to. */
function pushState(state, title, url) {
  const { History, history, location } = window
  const elsewhere = new URL(url, location.href).pathname !== location.pathname
  History.prototype[arrives && !elsewhere ? "replaceState" : "pushState"].call(history, state, title, url)
  arrives ||= elsewhere
}

export default function () {
  if (arrives !== null) return
  arrives = false
  window.history.pushState = pushState
  const app = document.querySelector(`[${STATE}]`)
  const drawings = new MutationObserver(() => (arrives &&= app.getAttribute(STATE) !== "notRunning"))
  drawings.observe(app, { attributeFilter: [STATE] })
}
