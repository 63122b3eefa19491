/** Delivery: when and in what portions words are shown, and what is shown before, below and instead of them. */

import { appendBelow, asText, Event, eventFrom, handOn, joinWords, LETTING_GO } from "./parallax_events.ts"
import type { Answer, Prompt, Stream } from "./parallax_events.ts"
import type { After, Before, Delay, Hold, Pace, Release, Signs } from "./parallax_steps.ts"

const SENTENCE_END = /[.!?…][)\]"'”’»*_]*\s*$|[。！？]\s*$|\n\s*$/
const TAIL_CHARS = 16 // enough to see how a sentence ends
const SPACE_BEHIND = /\s$/
const SPACE_AHEAD = /^\s/
const WIDE =
  "[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19" +
  "\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{17000}-\\u{1b2ff}\\u{20000}-\\u{3fffd}\\p{Emoji_Presentation}]"
const WIDE_BEHIND = new RegExp(`${WIDE}$`, "u")
const WIDE_AHEAD = new RegExp(`^${WIDE}`, "u")
const EVERY_WIDE = new RegExp(WIDE, "gu")

/** Words a unit at a time, the cursor behind the first; held words go with an error. */
export async function* release(step: Release, prompt: Prompt, answer: Answer): Stream {
  const { unit } = step
  let held: Event[] = []
  let tail = ""
  let cursor = step.cursor ? { cursor: true } : {}
  for await (const event of answer(prompt)) {
    const word = isWord(event)
    if (word && unit === "token") {
      if (event.text) yield new Event(event.at, "text", event.text, { tokens: event.tokens, ...cursor })
      if (event.text) cursor = {}
      continue
    }
    if (word ? unitEnds(unit, tail, event.text) : LETTING_GO.includes(event.kind)) {
      for (const text of joinWords(held, event.at)) {
        yield text.plus(cursor)
        held = []
        cursor = {}
      }
    }
    if (word) {
      held.push(event)
      tail = (tail + event.text).slice(-TAIL_CHARS)
    } else {
      yield event.kind === "error" ? handOn(event, held) : event
    }
  }
}

/** Whether it is some of the answer's words, as the model said them or as text. */
function isWord(event: Event): boolean {
  return event.kind === "token" || event.kind === "text"
}

/** Whether a word or a sentence ends between the words so far and those that follow. */
function unitEnds(unit: Release["unit"], tail: string, following: string): boolean {
  if (!tail || !following) return false
  const apart = SPACE_BEHIND.test(tail) || SPACE_AHEAD.test(following)
  if (unit === "word") return apart || WIDE_BEHIND.test(tail) || WIDE_AHEAD.test(following)
  return SENTENCE_END.test(tail) && (apart || WIDE_BEHIND.test(tail))
}

/** How many characters are from scripts that put no spaces between words. */
export function countWide(text: string): number {
  return text.match(EVERY_WIDE)?.length ?? 0
}

/** Each word when it is due, never before it came; what is not yet due goes with an error. */
export async function* pace(step: Pace, prompt: Prompt, answer: Answer): Stream {
  const waiting: Event[] = []
  let due: number | null = null
  for await (const event of answer(prompt)) {
    const letsGo = LETTING_GO.includes(event.kind)
    if (isWord(event)) {
      due = due === null ? event.at + step.buffer : Math.max(event.at, due + 1 / step.rate)
      waiting.push(asText(event).moved(due))
    }
    while (waiting[0] && (letsGo || waiting[0].at <= event.at)) {
      yield waiting.shift()!
    }
    if (event.kind === "error") yield handOn(event, waiting)
    else if (!isWord(event)) yield letsGo ? event.moved(Math.max(event.at, due ?? 0)) : event
  }
}

/** Every word at the end, perhaps a draft before, or a word that one may leave; held words go with an error. */
export async function* hold(step: Hold, prompt: Prompt, answer: Answer): Stream {
  const { give_up: giveUp, leave } = step
  const now: Held = { words: [], tail: "", left: false, drafted: false }
  if (step.sign) yield eventFrom(step.sign)
  for await (const event of answer(prompt)) {
    if (giveUp && event.at > giveUp.at) {
      yield handOn(new Event(giveUp.at, "error", giveUp.words, { fault: "timeout" }), now.words)
      return
    }
    if (leave && !now.left && event.at >= leave.at && !LETTING_GO.includes(event.kind)) {
      now.left = true
      const at = Math.max(leave.at, now.words.at(-1)?.at ?? 0)
      yield new Event(at, "status", leave.words, { shape: "spinner" })
    }
    if (isWord(event)) yield* holdWord(step, now, event)
    else if (event.kind === "error") yield handOn(event, now.words)
    else if (LETTING_GO.includes(event.kind)) yield* letGo(step, now, event)
    else if (event.kind !== "status" || !now.left) yield event
  }
}

/** Words that are held back, their last characters, and whether the person may have left or seen a draft. */
interface Held {
  words: Event[]
  tail: string
  left: boolean
  drafted: boolean
}

/** One more word held, and the draft where it ends the first sentence. */
function* holdWord(step: Hold, now: Held, event: Event): Generator<Event> {
  now.words.push(event)
  now.tail = (now.tail + event.text).slice(-TAIL_CHARS)
  if (step.draft && !now.drafted && SENTENCE_END.test(now.tail)) {
    for (const text of joinWords(now.words, event.at)) yield text.plus({ draft: true })
    now.words = []
    now.drafted = true
  }
}

/** All that was held, and then the event that lets go of it. */
function* letGo(step: Hold, now: Held, event: Event): Generator<Event> {
  const late = step.draft && now.drafted && now.words.length ? step.draft.swap : 0
  const at = Math.max(event.at, late)
  if (step.leave && now.left && now.words.length && event.kind === "end") {
    yield event.become("notice", step.leave.ready, { tone: "ready" })
  }
  yield* joinWords(now.words, at)
  now.words = []
  yield event.moved(at)
}

/** The same answer, later; one that goes on from words already shown, as it comes. */
export async function* delay(step: Delay, prompt: Prompt, answer: Answer): Stream {
  const passes = prompt.partial !== ""
  let last = 0
  for await (const event of answer(prompt)) {
    last = Math.max(last, event.at + (event.kind === "silence" ? 0 : step.seconds))
    yield passes ? event : event.moved(last)
  }
}

/** The answer, with signs of waiting before its first words. */
export function signs(step: Signs, prompt: Prompt, answer: Answer): Stream {
  const plan = step.signs.map((sign) => eventFrom(sign))
  return showSigns(plan, answer(prompt))
}

/** The stream with planned signs before its first words, each when it is due, in place of any signs of its own. */
export async function* showSigns(plan: readonly Event[], stream: Stream): Stream {
  const due = [...plan]
  let over = false
  const isDue = (sign: Event, at: number) => (over ? sign.at < at : sign.at <= at)
  while (due[0] && isDue(due[0], 0)) yield due.shift()!
  for await (const event of stream) {
    const shown = over
    over ||= event.hasWords || event.isLast
    while (!shown && due[0] && isDue(due[0], event.at)) yield due.shift()!
    if (over || event.kind !== "status") yield event
  }
}

/** Something said at once, then the answer. */
export async function* before(step: Before, prompt: Prompt, answer: Answer): Stream {
  const begun = prompt.attempt > 0 || prompt.partial !== "" || prompt.choices.length > 0
  if (!step.once || !begun) for (const said of step.events) yield eventFrom(said)
  yield* answer(prompt)
}

/** The answer, and something said before its last event. */
export function after(step: After, prompt: Prompt, answer: Answer): Stream {
  if (step.attempts !== null && prompt.attempt + 1 >= step.attempts) return answer(prompt)
  if (step.whole) return appendBelow(prompt, answer, (_, last) => sayBelow(step, last))
  return sayBelowWords(step, answer(prompt))
}

/** The events, where the last one is of a kind that has them. */
function* sayBelow(step: After, last: Event): Generator<Event, Event> {
  if (step.on.includes(last.kind)) for (const said of step.events) yield eventFrom(said, last.at)
  return last
}

/** The same below anything that has words. */
async function* sayBelowWords(step: After, stream: Stream): Stream {
  let words = false
  for await (const event of stream) {
    words ||= event.hasWords
    yield words && event.isLast ? yield* sayBelow(step, event) : event
  }
}
