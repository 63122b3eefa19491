/** Terminal: a prototype played in real time, its buttons pressed by their numbers. Only this needs Node. */

import process from "node:process"
import { createInterface } from "node:readline"
import type { Model } from "./parallax_client.ts"
import { Event, lookUp, Prompt, textAfter } from "./parallax_events.ts"
import type { Answer } from "./parallax_events.ts"

// eslint-disable-next-line no-control-regex
const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g // what a model could steer a terminal with

const LAST_KINDS: readonly string[] = ["end", "error", "failure", "question"] // nothing comes after them
const LAST_SIGNS = /(?:[*_`~][\s*_`~]{0,8})?$/ // what a cut answer may end with, and nobody should read

/** Something to press: the event that it belongs to, what it does, and its words. */
interface Button {
  readonly event: Event
  readonly name: string
  readonly label: string
}

/** What a person pressed, or typed in their own words. */
interface Pressed {
  readonly button?: Button | undefined
  readonly typed: string
}

/** Where an answer is shown: here, a terminal. */
export class Screen {
  shown = ""
  private signs = "" // the last ones of the answer, which wait for the words after them
  private held: string[] = [] // lines below an answer of which the end has to say whether it was cut
  private inLine = false
  private stops = false

  /** Put words out as they are. */
  write(words: string): void {
    process.stdout.write(words)
  }

  /** The next line that the person types; "" where there is none. */
  async readLine(): Promise<string> {
    const typed = await typedLines().next()
    return typed.value ?? ""
  }

  /** More words of the answer; signs at their end wait for what follows. */
  show(words: string): void {
    const all = (this.signs + words).replace(UNSAFE, "")
    const end = all.search(LAST_SIGNS)
    this.signs = all.slice(end)
    this.write(all.slice(0, end))
    if (end) this.inLine = all[end - 1] !== "\n"
  }

  /** The product's own words on a line of their own; without words, only the line ends. */
  say(words = ""): void {
    if (this.inLine || this.signs) this.write(`${this.signs.trimEnd()}\n`)
    this.inLine = false
    this.signs = ""
    if (words) this.write(`${words.replace(UNSAFE, "")}\n`)
  }

  /** One event, as far as a terminal can show it. A page would replace words; here they begin anew. */
  paint(event: Event): void {
    const before = this.shown
    this.shown = textAfter(before, event)
    if (event.kind === "text" || event.kind === "revise") {
      this.sayHeld()
      if (event.kind === "revise" && before) this.say()
      return this.show(event.text)
    }
    if (!["action", "end"].includes(event.kind)) this.held.push(...linesOf(event))
    const last = LAST_KINDS.includes(event.kind)
    if (last) this.leaveSigns(event)
    if (last || !this.opensSomething) this.sayHeld()
  }

  /** Whether the signs at the end of the answer only open something. */
  private get opensSomething(): boolean {
    const signs = this.signs.trim()
    return !!signs && (this.shown.split(signs).length - 1) % 2 === 1
  }

  /** The lines that were held, each on a line of its own. */
  private sayHeld(): void {
    for (const line of this.held.splice(0)) this.say(line)
  }

  /** Where the answer was cut, signs of markdown that only open something are not shown. */
  private leaveSigns(event: Event): void {
    if (this.opensSomething && (event.kind === "failure" || event.wasCut)) this.signs = ""
  }

  /** The keys that stop the answer, named once; what came stays. */
  offerStop(words: string, stop: () => void): void {
    if (!this.stops) {
      this.say(`[Ctrl+C] ${words}`)
      process.on("SIGINT", stop)
    }
    this.stops = true
  }

  /** The button that the person presses, or their own words where `other` allows them. */
  async ask(buttons: readonly Button[], other: boolean): Promise<Pressed> {
    for (const [index, button] of buttons.entries()) this.say(`[${index + 1}] ${button.label}`)
    const typed = buttons.length || other ? (await this.readLine()).trim() : ""
    const button = /^\d+$/.test(typed) ? buttons[Number(typed) - 1] : undefined
    return button ? { button, typed: "" } : { typed: other ? typed : "" }
  }
}

let lines: AsyncIterator<string, undefined> | null = null

/** What is typed into this terminal, line by line. */
function typedLines(): AsyncIterator<string, undefined> {
  lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  return lines
}

/** The product's own words in an event, line by line. */
function* linesOf(event: Event): Generator<string> {
  const { data } = event
  if (event.kind === "mark") yield `“${event.text}”: ${data.title}`
  else if (event.kind === "source") yield `${data.n}. ${event.text}${data.claim ? ` (“${data.claim}”)` : ""}`
  else yield event.text || "…"
  yield* listed(data.items)
  for (const column of data.columns ?? []) yield* [`${column.title}:`, ...listed(column.items)]
  for (const more of [data.detail, data.legend, data.technical]) if (more) yield more
}

/** Items, each as a line. */
function listed(items: readonly string[] = []): string[] {
  return items.map((item) => `- ${item}`)
}

/** The answer to a prompt, and to all that follows from what the person presses. */
export async function converse(
  answer: Answer,
  model: Model,
  prompt: Prompt,
  makeScreen = () => new Screen(),
): Promise<void> {
  let following: Prompt | null = prompt
  while (following) following = await playTurn(answer, model, following, makeScreen())
  if (lines) process.stdin.destroy() // nothing more is read, so that the program can end
}

/** One answer, each event when its time has come; the prompt that the person asks for, null for none. */
async function playTurn(answer: Answer, model: Model, prompt: Prompt, screen: Screen): Promise<Prompt | null> {
  const buttons: Button[] = []
  const began = performance.now()
  const stop = () => (model.stopping = true)
  let last = new Event(0, "end")
  screen.shown = prompt.partial
  model.stopping = false
  for await (const event of answer(prompt)) {
    if (event.kind === "silence") continue
    await sleepUntil(began + event.at * 1000)
    screen.paint(event)
    if (event.data.name === "stop") screen.offerStop(event.text, stop)
    else if (event.kind === "action") buttons.push({ event, name: event.data.name ?? "", label: event.text })
    last = event
  }
  process.off("SIGINT", stop) // from here on it ends the program, as always
  screen.say()
  const { button, typed } = await screen.ask([...buttonsOf(last), ...buttons], last.data.other ?? false)
  if (typed) return choose(prompt, last, typed, screen)
  return button ? press(button, prompt, screen) : null
}

/** Wait until a moment, in milliseconds of this program. */
async function sleepUntil(moment: number): Promise<void> {
  const left = moment - performance.now()
  if (left > 0) await new Promise((done) => setTimeout(done, left))
}

/** What can be pressed where a stream ended: the options of a question, and what a failure offers. */
function buttonsOf(last: Event): Button[] {
  const { options = [], actions = [], labels = {} } = last.data
  const picks = last.kind === "question" ? options : []
  return [
    ...picks.map((label) => ({ event: last, name: "pick", label })),
    ...actions.map((name) => ({ event: last, name, label: lookUp(labels, name) ?? name })),
  ]
}

/** The prompt after something was picked or typed at a question. */
function choose(prompt: Prompt, question: Event, option: string, screen: Screen): Prompt {
  const above = question.data.instead ? "" : screen.shown
  return new Prompt({ ...prompt.chose(question.text, option, above), attempt: 0, partial: "" })
}

/** Who takes over, and their first words, on a line. */
function greeting([name = "", role = "", words = ""]: readonly string[] = []): string[] {
  return name || words ? [[[name, role].filter(Boolean).join(", "), words].filter(Boolean).join(": ")] : []
}

/** What follows from a button: the next prompt, or something that is said or asked. */
async function press(button: Button, prompt: Prompt, screen: Screen): Promise<Prompt | null> {
  const { event, name } = button
  const { data } = event
  if (name === "pick") return choose(prompt, event, button.label, screen)
  if (name === "retry" || name === "again") return new Prompt({ ...prompt.again(), partial: "" })
  if (name === "continue") return new Prompt({ ...prompt.again(), partial: screen.shown })
  if (name === "say" || name === "person") {
    for (const line of [data.after ?? "", ...listed(data.items), ...greeting(data.person)]) screen.say(line)
  }
  if (name === "edit") screen.say((await screen.ask([], true)).typed)
  if (name === "feedback") {
    const tags = (data.tags ?? []).map((label) => ({ event, name: "tag", label }))
    await screen.ask(tags, data.comment ?? false)
  }
  return null
}
