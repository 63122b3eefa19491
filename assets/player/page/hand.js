/**
 * Hand: tells the server while a person holds a slider, or has written words that are not sent yet. What others change
 * comes on screen once the hand is off.
 */
const SLIDERS = '[data-testid="stSlider"]'
const FIELDS = '[data-testid="stTextInput"], [data-testid="stTextArea"], [data-testid="stNumberInput"]'
const SENT_MS = 300 // in which the page sends what was let go of

export default function ({ setStateValue }) {
  const hands = new Set() // what is held: "slider", "field"
  let told = false
  const stop = new AbortController()

  function tell() {
    const held = hands.size > 0
    if (held !== told && !stop.signal.aborted) setStateValue("held", (told = held))
  }

  function take(hand) {
    hands.add(hand)
    tell()
  }

  function leave(hand) {
    if (hands.delete(hand)) setTimeout(tell, SENT_MS)
  }

  const isIn = (target, kind) => target instanceof Element && target.closest(kind) !== null
  const options = { capture: true, signal: stop.signal }
  const listen = (kind, act) => window.addEventListener(kind, act, options)
  listen("pointerdown", ({ target }) => isIn(target, SLIDERS) && take("slider"))
  for (const kind of ["pointerup", "pointercancel", "blur"])
    listen(kind, ({ target }) => {
      if (kind !== "blur" || target === window) leave("slider")
    })
  listen("input", ({ target }) => isIn(target, FIELDS) && take("field"))
  listen("focusout", () => leave("field"))
  listen("keydown", ({ key, target, ctrlKey, metaKey }) => {
    if (key === "Enter" && (target.localName === "input" || ctrlKey || metaKey)) leave("field")
  })
  return () => stop.abort()
}
