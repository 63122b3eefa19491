/**
 * Hold: a press waits until what was typed just before it has been read, whatever it leads to.
 *
 * A page asks its server twice then, for what was typed and for what was pressed. Where both come at once, the second
 * takes the place of the first, and the last letters are gone.
 */
const FIELDS = '[data-testid="stTextInput"], [data-testid="stTextArea"], [data-testid="stNumberInput"]'
const FORMS = '[data-testid="stForm"]' // their fields are sent with their button
const PRESSES = 'a[data-testid], button[data-testid^="stBaseButton"]'
const STATE = "data-test-script-state"
const BEGIN_MS = 1500 // in which the server begins with what was typed, or has had nothing to do
const LONGEST_MS = 4000
const LOOK_MS = 25

let field = null // the one that is being written in
let before = "" // what the server knows of it
let begun = 0 // how often the server began with something
let waiting = null // until what was typed is read
let again = false // a press is made anew

const pause = () => new Promise((done) => setTimeout(done, LOOK_MS))
const app = () => document.querySelector(`[${STATE}]`)
const isRunning = () => app()?.getAttribute(STATE) === "running"
const isTyped = () => field !== null && field.value !== before

/** Waits until the server has drawn what was typed. */
async function wait() {
  const [since, count] = [performance.now(), begun]
  for (let spent = 0; spent < LONGEST_MS; spent = performance.now() - since) {
    if (!isRunning() && (begun > count || spent > BEGIN_MS)) break
    await pause()
  }
  waiting = null
}

/** Begins to wait: the field sends now what stands in it. */
function read() {
  before = field.value
  waiting ??= wait()
}

/** Finds what is pressed once more, later: it may have been drawn anew. */
function finder(pressed) {
  const box = pressed.closest("[class*=st-key-]")
  const name = box && [...box.classList].find((one) => one.startsWith("st-key-"))
  const anew = () => name && document.querySelector(`.${CSS.escape(name)} ${pressed.localName}`)
  return () => (pressed.isConnected ? pressed : anew())
}

function onFocusIn({ target }) {
  const writes = target instanceof Element && "value" in target && target.closest(FIELDS) !== null
  if (writes && target !== field && target.closest(FORMS) === null) [field, before] = [target, target.value]
}

function onFocusOut({ target }) {
  if (target === field && isTyped()) read()
}

function onKeyDown({ key, target, ctrlKey, metaKey }) {
  const sends = key === "Enter" && (target.localName === "input" || ctrlKey || metaKey)
  if (sends && target === field && isTyped()) read()
}

function onClick(event) {
  const press = event.target instanceof Element && event.target.closest(PRESSES)
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey // another tab or window leaves nothing
  if (!press || elsewhere || again) return
  if (isTyped()) field.blur()
  if (!waiting) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const find = finder(press)
  void waiting.then(() => {
    again = true
    find()?.click()
    again = false
  })
}

/** The server began with something, or ended. */
function onScriptState() {
  begun += isRunning() ? 1 : 0
}

export default function () {
  const stop = new AbortController()
  const options = { capture: true, signal: stop.signal }
  window.addEventListener("focusin", onFocusIn, options)
  window.addEventListener("focusout", onFocusOut, options)
  window.addEventListener("keydown", onKeyDown, options)
  window.addEventListener("click", onClick, options)
  window.addEventListener("pagehide", () => isTyped() && field.blur(), options)
  const watch = new MutationObserver(onScriptState)
  if (app()) watch.observe(app(), { attributeFilter: [STATE] })
  return () => {
    stop.abort()
    watch.disconnect()
  }
}
