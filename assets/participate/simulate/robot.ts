/** Robot: takes part on the real page as a person would, with events of its own, so that everything behind the page is
 * tried too. What it answers means nothing, and is marked as simulated wherever it goes. */
const STEP_MS = 60 // milliseconds between two looks at the page
const WORDS = "Said by a simulated person."

export interface Robot {
  stop(): void
}

/** Starts a robot on a page; it fills in what is empty and presses what leads on. */
export function startRobot(page: Document, chance: () => number = Math.random): Robot {
  const timer = setInterval(() => act(page, chance), STEP_MS)
  return { stop: () => clearInterval(timer) }
}

/** Fills in the screen that is on a page, and leaves it there; an answer that is still to come is waited for. */
export function fillIn(page: Document, chance: () => number = Math.random): Robot {
  const timer = setInterval(() => {
    const waits = page.querySelector(".step .stage") && !page.querySelector(".step .questions:not([inert])")
    if (!act(page, chance, false) && !waits) clearInterval(timer)
  }, STEP_MS)
  return { stop: () => clearInterval(timer) }
}

/** Does the next thing that a person would do; whether there was something to do. `goesOn`: also to the next screen. */
export function act(page: Document, chance: () => number, goesOn = true): boolean {
  const section = page.querySelector<HTMLElement>(".step")
  if (!section) return false
  const shadow = section.querySelector(".stage > .parallax")?.shadowRoot
  const send = shadow?.querySelector<HTMLElement>(".sending:not([hidden]) .go")
  if (send) return press(send)
  const form = section.querySelector<HTMLElement>(".questions:not([inert])")
  const open = form && [...form.querySelectorAll<HTMLElement>(".item")].find((item) => !item.dataset["filled"])
  if (open) return fill(open, chance)
  const asked = !form && shadow?.querySelectorAll<HTMLElement>(".question button.chip:not(:disabled)")
  if (asked && asked.length) return press(asked[Math.floor(chance() * asked.length)]!)
  if (!goesOn) return false
  const next = (form ?? section).querySelector<HTMLButtonElement>("button.next:not(:disabled)")
  return next ? press(next) : false
}

function fill(item: HTMLElement, chance: () => number): boolean {
  item.dataset["filled"] = "yes"
  const boxes = [...item.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]")]
  const typed = item.querySelector<HTMLInputElement | HTMLTextAreaElement>("input:not([type]), textarea, [type=text]")
  const line = item.querySelector<HTMLInputElement>("input[type=range]")
  if (boxes.length) return press(boxes[Math.floor(chance() * boxes.length)]!)
  if (line) return type(line, String(Number(line.min) + Math.round(chance() * (Number(line.max) - Number(line.min)))))
  if (typed) return type(typed, item.classList.contains("seconds") ? String(Math.round(chance() * 20) / 2) : WORDS)
  return false
}

function press(element: HTMLElement): boolean {
  element.click()
  return true
}

function type(box: HTMLInputElement | HTMLTextAreaElement, value: string): boolean {
  box.value = value
  for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, { bubbles: true }))
  return true
}
