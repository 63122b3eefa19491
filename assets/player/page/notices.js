/**
 * Notices: what Streamlit itself tells a person, put right on every page. That the server does not answer, and that it
 * does again, is told in a line of the app's own words: Streamlit's dialog speaks to developers and is closed as it
 * comes. Toasts are named by what they say.
 */
const STATE = "data-test-connection-state"
const QUIET_MS = 1500 // in which most connections are back
const SHOWN_MS = 4000 // for which it is told that the server answers again
const OWN_DIALOG = '[data-testid="stVerticalBlock"]' // what a dialog of the app's own holds
const TOASTS = '[data-testid="stToastContainer"]'
const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

let leave = () => {} // what was set up before: Streamlit calls anew once it has a server again

/** The line in a place, empty at first, so that a screen reader hears what comes into it. */
function makeLine(place) {
  const line = place.appendChild(document.createElement("p"))
  line.className = "outage"
  line.setAttribute("role", "status")
  return line
}

function outageText(state, texts) {
  if (state === "DISCONNECTED_FOREVER") return texts.ended
  if (!window.navigator.onLine) return texts.offline
  return LOCAL_HOSTS.includes(window.location.hostname) ? `${texts.away} ${texts.here}` : texts.away
}

/** Closes what Streamlit says of an outage while there is one. */
function closeDialogs() {
  if (!document.documentElement.hasAttribute("data-outage")) return
  for (const dialog of document.querySelectorAll(".stDialog"))
    if (!dialog.querySelector(OWN_DIALOG)) dialog.querySelector('[aria-label="Close"]')?.click()
}

/** Gives each toast the name that it lacks: it refers to a title, and has none. */
function nameToasts() {
  for (const toast of document.querySelectorAll('[data-testid="stToast"][aria-labelledby]')) {
    const text = toast.querySelector('[data-testid="stToastText"]')
    if (text) text.id = toast.getAttribute("aria-labelledby")
  }
}

/** What stands over the page is put right as it comes. */
function watchLayers() {
  const layers = new MutationObserver(() => {
    closeDialogs()
    nameToasts()
    const toasts = document.querySelector(TOASTS)
    if (toasts) layers.observe(toasts, { childList: true, subtree: true })
  })
  layers.observe(document.body, { childList: true })
  return layers
}

export default function ({ data, parentElement }) {
  leave()
  const app = document.querySelector(`[${STATE}]`)
  const line = parentElement.querySelector(".outage") ?? makeLine(parentElement)
  const stop = new AbortController()
  let turn = 0 // counts what is to be said, so that only the last of it is

  function say(text, ms) {
    const now = ++turn
    setTimeout(() => {
      if (now === turn && !stop.signal.aborted) line.textContent = text()
    }, ms)
  }

  function look() {
    const isConnected = app.getAttribute(STATE) === "CONNECTED"
    document.documentElement.toggleAttribute("data-outage", !isConnected)
    if (isConnected && line.textContent) line.textContent = data.back
    if (isConnected) say(() => "", SHOWN_MS)
    else say(() => outageText(app.getAttribute(STATE), data), line.textContent ? 0 : QUIET_MS)
  }

  const states = new MutationObserver(look)
  states.observe(app, { attributeFilter: [STATE] })
  const layers = watchLayers()
  for (const kind of ["online", "offline"]) window.addEventListener(kind, look, { signal: stop.signal })
  look()
  const end = (leave = () => {
    stop.abort()
    states.disconnect()
    layers.disconnect()
  })
  return () => {
    end()
    line.remove()
  }
}
