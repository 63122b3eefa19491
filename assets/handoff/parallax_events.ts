/**
 * Events: what happens on the screen, moment by moment, and the answers that are made of them.
 *
 * An answer is a function from a prompt to a stream of events. A model is one; each step of a prototype wraps one and
 * is one again. A live answer says a `silence` whenever nothing new came, so that a step can tell that time has passed.
 */

export const LAST_KINDS = ["end", "error", "failure", "question"] // after one of these a stream says nothing more
export const LETTING_GO = ["end", "failure", "question", "revise"] // before one of these, held words are shown

/** Some of the model's words, and the natural logarithm of how probable it found them, where that is known. */
export interface Token {
  readonly text?: string
  readonly logprob?: number | null
  readonly [more: string]: unknown
}

/** What an event says besides its words. */
export interface Data {
  readonly tokens?: readonly Token[]
  readonly logprob?: number | null
  readonly fault?: string
  readonly partial?: string
  readonly reason?: string
  readonly hedge?: boolean
  readonly instead?: boolean
  readonly name?: string
  readonly after?: string
  readonly person?: readonly string[]
  readonly unsure?: string
  readonly actions?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  readonly options?: readonly string[]
  readonly other?: boolean
  readonly items?: readonly string[]
  readonly columns?: readonly { readonly title: string; readonly items: readonly string[] }[]
  readonly tags?: readonly string[]
  readonly comment?: boolean
  readonly title?: string
  readonly n?: number
  readonly claim?: string
  readonly detail?: string
  readonly legend?: string
  readonly technical?: string
  readonly [more: string]: unknown
}

/** An event as it is written down. */
export interface EventJson {
  readonly at: number
  readonly kind: string
  readonly text?: string
  readonly data?: Data
}

/** One thing that happens `at` seconds since the question was sent. */
export class Event {
  readonly at: number
  readonly kind: string
  readonly text: string
  readonly data: Data

  constructor(at: number, kind: string, text = "", data: Data = {}) {
    this.at = at
    this.kind = kind
    this.text = text
    this.data = data
  }

  /** The same moment, told as another kind of event. */
  become(kind: string, text = "", data: Data = {}): Event {
    return new Event(this.at, kind, text, data)
  }

  /** The same event at another moment. */
  moved(at: number): Event {
    return new Event(at, this.kind, this.text, this.data)
  }

  /** The same event with more data. */
  plus(data: Data): Event {
    return new Event(this.at, this.kind, this.text, { ...this.data, ...data })
  }

  /** Whether a person reads words of the answer here. */
  get hasWords(): boolean {
    return ["token", "text", "revise"].includes(this.kind) && this.text !== ""
  }

  /** Whether a stream says nothing more after it. */
  get isLast(): boolean {
    return LAST_KINDS.includes(this.kind)
  }

  /** The model's tokens behind these words, each with its text and, where it is known, its logprob. */
  get tokens(): readonly Token[] {
    return this.kind === "token" ? [{ text: this.text, ...this.data }] : (this.data.tokens ?? [])
  }

  /** Whether the answer ended because a person stopped it. */
  get wasStopped(): boolean {
    return this.data.reason === "stopped"
  }

  /** Whether the answer broke, was stopped, or ran into its limit or a filter. */
  get wasCut(): boolean {
    return this.kind === "error" || ["length", "filter", "stopped"].includes(String(this.data.reason))
  }
}

export type Stream = AsyncGenerator<Event, void>
export type Answer = (prompt: Prompt) => Stream

/** One turn of a conversation; the role is system, user or assistant. */
export interface Message {
  readonly role: string
  readonly text: string
}

/** What a person picked or typed at a question, and the answer that stood above the question. */
export interface Choice {
  readonly question: string
  readonly option: string
  readonly above?: string
}

interface Asked {
  readonly messages: readonly Message[]
  readonly choices?: readonly Choice[]
  readonly attempt?: number
  readonly partial?: string
  readonly hidden?: boolean
  readonly wait?: number
}

/**
 * The conversation so far, the choices made, which attempt this is, and words already shown to go on from.
 *
 * A `hidden` turn is one of which nobody sees the answer; the model is asked after a `wait` in seconds.
 */
export class Prompt {
  readonly messages: readonly Message[]
  readonly choices: readonly Choice[]
  readonly attempt: number
  readonly partial: string
  readonly hidden: boolean
  readonly wait: number

  constructor(asked: Asked) {
    this.messages = asked.messages
    this.choices = asked.choices ?? []
    this.attempt = asked.attempt ?? 0
    this.partial = asked.partial ?? ""
    this.hidden = asked.hidden ?? false
    this.wait = asked.wait ?? 0
  }

  /** The last thing the person said. */
  get text(): string {
    return this.messages.findLast((message) => message.role === "user")?.text ?? ""
  }

  /** The same prompt, so many attempts later. */
  again(attempts = 1): Prompt {
    return new Prompt({ ...this, attempt: this.attempt + attempts })
  }

  /** The messages as a model reads them: each choice is a turn asked and answered. */
  get conversation(): readonly Message[] {
    const turns = this.choices.flatMap(({ question, option, above }): Message[] => [
      { role: "assistant", text: above ? `${above}\n\n${question}` : question },
      { role: "user", text: option },
    ])
    return [...this.messages, ...turns]
  }

  /** The same prompt with one more choice made. */
  chose(question: string, option: string, above = ""): Prompt {
    return new Prompt({ ...this, choices: [...this.choices, { question, option, above }], hidden: false })
  }

  /** The same prompt without what was chosen at this question: the model does not hear of it. */
  without(question: string): Prompt {
    return new Prompt({ ...this, choices: this.choices.filter((choice) => choice.question !== question) })
  }

  /** What the person chose at this question last; null where it was not asked yet. */
  chosen(question: string): string | null {
    return this.choices.findLast((choice) => choice.question === question)?.option ?? null
  }

  /** The turn in which the model, after it `said` that, is asked for more than its answer. */
  hiddenTurn(said: string, ask: string): Prompt {
    const { messages, choices } = this
    return new Prompt({ ...new Prompt({ messages, choices }).chose(said, ask), hidden: true })
  }
}

/** The event of a JSON object, at its own moment or at another one. */
export function eventFrom(values: EventJson, at = values.at): Event {
  return new Event(at, values.kind, values.text, values.data)
}

/** The same events, none before `start` or before the one in front of it. */
export async function* putInOrder(stream: Stream, start = 0): Stream {
  let last = start
  for await (const event of stream) {
    last = Math.max(last, event.at)
    yield event.moved(last)
  }
}

/** The same events, so many seconds later. */
export async function* shiftBy(stream: Stream, seconds: number): Stream {
  for await (const event of stream) yield event.moved(event.at + seconds)
}

/** The words of the answer on the screen after this event; a hedge is not one of them. */
export function textAfter(before: string, event: Event): string {
  if (event.kind === "revise") return event.text
  return event.kind === "text" && !event.data.hedge ? before + event.text : before
}

/** The words of a token as they stand on the screen, the token kept behind them; another event as it is. */
export function asText(event: Event): Event {
  return event.kind === "token" ? new Event(event.at, "text", event.text, { tokens: event.tokens }) : event
}

/** Words that were held back, as one event; nothing where there are none. */
export function joinWords(held: readonly Event[], at: number): Event[] {
  const text = textOf(held)
  return text ? [new Event(at, "text", text, { tokens: tokensOf(held) })] : []
}

/** The error with the words that nobody has seen yet. */
export function handOn(error: Event, held: readonly Event[]): Event {
  if (!held.length) return error
  const partial = textOf(held) + (error.data.partial ?? "")
  return error.plus({ partial, tokens: [...tokensOf(held), ...error.tokens] })
}

/** What stands in a table under this name. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** The words of several events. */
export function textOf(events: readonly Event[]): string {
  return events.map((event) => event.text).join("")
}

/** The tokens behind the words of several events. */
export function tokensOf(events: readonly Event[]): Token[] {
  return events.flatMap((event) => event.tokens)
}

/** What is added below an answer, and then its last event or another one. */
export type Closing = AsyncGenerator<Event, Event> | Generator<Event, Event>

/**
 * The answer, and what `close` makes of its words and its last event.
 *
 * What broke, was stopped or is not the model's is left as it is.
 */
export async function* appendBelow(
  prompt: Prompt,
  answer: Answer,
  close: (shown: string, last: Event) => Closing,
): Stream {
  let shown = prompt.partial
  let own = true
  for await (const event of answer(prompt)) {
    shown = textAfter(shown, event)
    own &&= !event.data.instead
    const whole = own && shown.trim() !== "" && ["end", "question"].includes(event.kind) && !event.wasStopped
    yield whole ? yield* close(shown, event) : event
  }
}
