/** Person: the way to somebody real: what is passed on, the wait, who joins, and what they say first. */
import userIcon from "lucide-static/icons/headset.svg"
import { freshId, h, iconElement } from "../dom"
import { say } from "../phrases"
import type { EventData } from "../events"

const READS_S = 1.4 // seconds from joining to the first words, as a person takes to type
const MAX_NOTE_CHARS = 400
const UNNAMED = "A colleague"

interface Person {
  readonly name: string
  readonly role: string
  readonly words: string
}

/** A button, or where it begins by itself the card behind it. */
export function personControl(label: string, data: EventData["action"]): HTMLElement {
  if (data.open) return reviewCard(data)
  const button = h("button", { type: "button", class: "small person" }, iconElement(userIcon), label)
  button.addEventListener("click", () => {
    const card = reviewCard(data)
    button.replaceWith(card)
    card.focus({ preventScroll: true })
  })
  return button
}

/** What will be passed on, to be read and changed; connects at once where that is not wished. */
function reviewCard(data: EventData["action"]): HTMLElement {
  const [name = "", role = "", words = ""] = data.person ?? []
  const person = { name: name || UNNAMED, role, words }
  const id = freshId("person")
  const card = h("section", { class: "handover", tabindex: -1, "aria-labelledby": id })
  const items = data.items ?? []
  if (data.review === false) connect(card, id, person, data, items)
  else card.append(...reviewForm(id, person, items, (passed) => connect(card, id, person, data, passed)))
  return card
}

function reviewForm(
  id: string,
  person: Person,
  items: readonly string[],
  send: (passed: string[]) => void,
): HTMLElement[] {
  const fields = items.map((item) => passedField(...splitItem(item)))
  const note = h("input", {
    type: "text",
    maxlength: MAX_NOTE_CHARS,
    dir: "auto",
    "aria-label": say("Anything to add?"),
    placeholder: say("Anything to add?"),
  })
  const form = h(
    "form",
    {
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault()
        const added = note.value.trim()
        send([...fields.map((field) => field.words()).filter(Boolean), ...(added ? [`Your note: ${added}`] : [])])
      },
    },
    ...fields.map((field) => field.root),
    note,
    h("button", { type: "submit", class: "small send" }, say("Pass on")),
  )
  const to = person.role || person.name
  return [
    heading(id, say("This is passed on to {0}", to)),
    h("p", { class: "label" }, say("Change what is not right.")),
    form,
  ]
}

interface PassedField {
  readonly root: HTMLElement
  words(): string
}

/** One thing that is passed on, to be changed; left out where it is emptied. */
function passedField(name: string, words: string): PassedField {
  if (!words) return { root: h("p", { class: "label" }, name), words: () => name }
  const text = h("textarea", { rows: 1, dir: "auto", "aria-label": name })
  text.value = words
  const root = h("label", { class: "passed" }, h("span", { class: "label", "aria-hidden": "true" }, name), text)
  return { root, words: () => text.value.trim() && `${name}: ${text.value.trim()}` }
}

/** The name and the words of "Your question: Is it so?"; no words where it has no name. */
export function splitItem(item: string): [string, string] {
  const at = item.indexOf(": ")
  return at < 0 ? [item, ""] : [item.slice(0, at), item.slice(at + 2)]
}

/** Waits for the person, lets them join, and then speak. */
function connect(
  card: HTMLElement,
  id: string,
  person: Person,
  data: EventData["action"],
  passed: readonly string[],
): void {
  const says = h("p", { role: "status", class: "waits" }, h("span", { class: "wheel", "aria-hidden": "true" }))
  says.append(data.after || say("Passed on."))
  card.replaceChildren(heading(id, say("Connecting you to {0}", person.role || person.name)), says, passedList(passed))
  card.classList.add("connecting")
  card.focus({ preventScroll: true })
  const joins = (): void => {
    card.classList.remove("connecting")
    says.replaceChildren(say("{0} joined", person.name))
    const speaks = h("div", { class: "speaks" }, typing(person.name))
    card.replaceChildren(whoIs(id, person), says, speaks, passedList(passed))
    setTimeout(() => speaks.replaceChildren(firstWords(person)), READS_S * 1000)
  }
  setTimeout(joins, Math.min(60, Math.max(0, data.wait ?? 4)) * 1000)
}

const heading = (id: string, words: string): HTMLElement => h("p", { id, class: "who", dir: "auto" }, words)

function whoIs(id: string, { name, role }: Person): HTMLElement {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? "")
    .join("")
  const face = h("span", { class: "face", "aria-hidden": "true" }, name === UNNAMED ? iconElement(userIcon) : initials)
  return h(
    "div",
    { class: "whois" },
    face,
    h("p", { id, class: "who", dir: "auto" }, name, role && h("span", { class: "label" }, role)),
  )
}

function typing(name: string): HTMLElement {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"))
  return h("p", { role: "status" }, dots, h("span", { class: "unseen" }, `${name} is typing`))
}

const firstWords = ({ words }: Person): HTMLElement =>
  h("p", { class: "bubble", role: "status", dir: "auto" }, words || "Hello, I am reading what was passed on.")

function passedList(passed: readonly string[]): HTMLElement {
  const rows = passed.map((item) => h("li", { dir: "auto" }, item))
  return h("details", { class: "passedon" }, h("summary", {}, say("What was passed on")), h("ul", {}, ...rows))
}
