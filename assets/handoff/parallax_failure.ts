/** Failure: what a person sees and can do when an answer breaks, or is a refusal, and other answers in its place. */

import { Event, lookUp, Prompt, shiftBy, textAfter } from "./parallax_events.ts"
import type { Answer, Data, Stream } from "./parallax_events.ts"
import {
  countChars,
  fillIn,
  firstSentence,
  foldCase,
  SENTENCE_BREAK,
  shorten,
  splitWords,
  withoutPartial,
} from "./parallax_samples.ts"
import type { Fallback, Handoff, Refusal, Retry, Stable, Told } from "./parallax_steps.ts"

/** Whether a stream's last event means that there is no whole answer: an error, or an end without a word. */
function isBreak(last: Event, shown: string): boolean {
  return last.kind === "error" || (last.kind === "end" && !shown.trim() && !last.wasStopped)
}

const EMPTY_FAULTS: Readonly<Record<string, string>> = {
  length: "exhausted",
  filter: "filtered",
  tool: "tool",
  thoughts: "thoughts",
}

/** The kind of fault in one word; of an end without words the one that its reason says, else "empty". */
function faultOf(last: Event): string {
  if (last.kind === "error") return last.data.fault ?? ""
  return lookUp(EMPTY_FAULTS, last.data.reason ?? "") ?? "empty"
}

/** The words that came but were held back from the screen, as text. */
function heldWords(last: Event): Event[] {
  const { partial = "" } = last.data
  return partial.trim() ? [last.become("text", partial, { tokens: last.tokens })] : []
}

/** The answer; where it breaks, the words held back until then if they are kept, and what is said of the break. */
export async function* told(step: Told, prompt: Prompt, answer: Answer): Stream {
  const passes = step.labels !== null && prompt.attempt >= step.labels.length
  let shown = prompt.partial
  for await (const event of answer(prompt)) {
    shown = textAfter(shown, event)
    const breaks = step.empty ? isBreak(event, shown) : event.kind === "error"
    if (!breaks || passes || step.excepted.includes(faultOf(event))) {
      yield event
      continue
    }
    for (const text of step.keep ? heldWords(event) : []) {
      shown = textAfter(shown, text)
      yield text
    }
    const kept = shown.trim() !== ""
    yield kept || !step.needs_words ? tellBreak(step, event, kept, prompt.attempt) : event
  }
}

/** A break as a failure; `kept` where words of the answer are on the screen. */
function tellBreak(step: Told, last: Event, kept: boolean, attempt: number): Event {
  const fault = faultOf(last)
  const row = step.raw ? [last.text] : (lookUp(step.faults, fault) ?? step.other)
  const [words = "", ...advice] = row
  const detail = [kept ? step.kept : "", ...advice].filter(Boolean).join(" ")
  const label = step.labels?.[attempt]
  return new Event(last.at, "failure", words, {
    ...step.data,
    fault,
    ...(advice.length && { detail }),
    ...(step.technical && last.text && { technical: last.text }),
    ...(label !== undefined && { labels: { retry: label } }),
  })
}

/** The first attempt that gets through, after the broken ones; else the last one as it is. */
export async function* retry(step: Retry, prompt: Prompt, answer: Answer): Stream {
  let start = 0
  for (const [tried, said] of step.says.entries()) {
    const last = yield* tryOnce(step, prompt, shiftBy(answer(prompt), start), tried === 0)
    if (!last) return
    yield last.become("status", said, { shape: "spinner" })
    const wait = step.back_off * 2 ** tried
    start = last.at + wait
    prompt = new Prompt({ ...prompt.again(), wait })
  }
  for await (const event of shiftBy(answer(prompt), start)) {
    if (!step.says.length || event.kind !== "status") yield event
  }
}

type Try = AsyncGenerator<Event, Event | null> // gives the event at which an attempt broke

/**
 * One attempt; where it breaks, its words are taken back and the event it broke at is returned.
 *
 * Later attempts show no sign of their own: that it tries again is the sign. Verdicts wait until their words stay.
 */
async function* tryOnce(step: Retry, prompt: Prompt, stream: Stream, first: boolean): Try {
  let shown = prompt.partial
  let said: Event[] = []
  for await (const event of stream) {
    shown = textAfter(shown, event)
    if (isBreak(event, shown) && !step.excepted.includes(faultOf(event))) {
      if (shown !== prompt.partial) yield event.become("revise", prompt.partial)
      return event
    }
    if (event.kind === "badge" || event.kind === "notice") {
      said.push(event)
      continue
    }
    if (event.kind !== "silence") {
      yield* said
      said = []
    }
    if (first || event.kind !== "status") yield event
  }
  yield* said
  return null
}

/** The answer; on a break, another one in its place where there is any. */
export async function* fallback(step: Fallback, prompt: Prompt, answer: Answer): Stream {
  let shown = prompt.partial
  for await (const event of answer(prompt)) {
    shown = textAfter(shown, event)
    if (!isBreak(event, shown)) {
      yield event
      continue
    }
    const found = step.earlier ? yield* earlierAnswer(prompt, answer, event.at) : { words: "", at: event.at }
    const source = found.words.trim() ? "earlier" : "template"
    const words = source === "earlier" ? found.words : step.template
    if (!words) {
      yield event.moved(found.at)
      continue
    }
    if (step.disclosed) yield new Event(found.at, "notice", step.disclosed[source], { tone: "info", instead: true })
    yield new Event(found.at, shown ? "revise" : "text", words, { instead: true })
    yield new Event(found.at, "end")
    return
  }
}

type Earlier = AsyncGenerator<Event, { words: string; at: number }>

/** The words of another attempt, asked for at `at`, and when they were there; no words where it breaks too. */
async function* earlierAnswer(prompt: Prompt, answer: Answer, at: number): Earlier {
  const start = at
  let words = ""
  for await (const event of answer(withoutPartial(prompt.again()))) {
    words = textAfter(words, event)
    if (event.kind === "silence") {
      at = Math.max(at, start + event.at)
      yield new Event(at, "silence")
    } else if (["error", "failure", "question"].includes(event.kind)) {
      return { words: "", at }
    }
  }
  return { words, at }
}

/** The answer, and the button that calls a person where it broke or the person may ask. */
export async function* handoff(step: Handoff, prompt: Prompt, answer: Answer): Stream {
  if (step.wanted && wantsPerson(step.wanted, prompt.text)) {
    yield new Event(0, "text", step.offered, { instead: true })
    yield offerPerson(step, 0, prompt)
    yield new Event(0, "end")
    return
  }
  let shown = prompt.partial
  let unsure = false
  for await (const event of answer(prompt)) {
    shown = textAfter(shown, event)
    unsure ||= saysDoubt(event)
    if (event.kind === "failure" && step.on_failure) yield offerPerson(step, event.at, prompt, shown, event.text)
    if (["end", "question"].includes(event.kind) && shown.trim() && (step.on_answer || (step.on_doubt && unsure))) {
      yield offerPerson(step, event.at, prompt, shown)
    }
    yield event
  }
}

/** Whether people are told that the answer is doubtful. */
const saysDoubt = ({ data }: Event): boolean => data["level"] === "low" || !!data["hedge"] || !!data["instead"]

/** Whether a sentence asks for a person. */
function wantsPerson(wanted: string, text: string): boolean {
  const pattern = new RegExp(wanted, "u")
  return foldCase(text)
    .split(/[.!?\n]+/)
    .some((sentence) => pattern.test(sentence))
}

/** The button, with what is passed on. */
function offerPerson(step: Handoff, at: number, prompt: Prompt, shown = "", wrong = ""): Event {
  const { says, longest } = step
  const answer = shorten(shown, longest, "…")
  const items = [
    fillIn(says.question, { question: shorten(prompt.text, longest, "…") }),
    answer ? fillIn(says.answer, { answer }) : says.none,
    ...(wrong ? [fillIn(says.wrong, { wrong })] : []),
  ]
  return new Event(at, "action", step.label, { name: "say", after: step.after, items })
}

/** The answer once its first sentence is there, or where that is a refusal, one's own no in its place. */
export async function* refusal(step: Refusal, prompt: Prompt, answer: Answer): Stream {
  let held: Event[] = []
  let shown = prompt.partial
  let judging = !prompt.partial
  let at = 0
  for await (const event of answer(prompt)) {
    shown = textAfter(shown, event)
    at = event.at
    if (!judging || event.kind === "silence" || !(held.length || event.hasWords)) {
      yield event
      continue
    }
    held.push(event)
    if (!event.isLast && !isSettled(step, shown)) continue
    if (event.kind !== "error" && isRefusal(step.refuses, shown)) {
      yield* decline(step, prompt, at)
      return
    }
    for (const each of held) yield each.moved(at)
    held = []
    judging = false
  }
  for (const each of held) yield each.moved(at)
}

/** Whether so much is there that the first sentence can be judged. */
function isSettled(step: Refusal, shown: string): boolean {
  return countChars(shown) > step.longest || SENTENCE_BREAK.test(shown.trimStart())
}

/** Whether an answer that begins like this is a refusal. */
function isRefusal(refuses: string, text: string): boolean {
  const first = foldCase(firstSentence(text)).replaceAll("’", "'")
  return new RegExp(refuses, "u").test(splitWords(first).join(" "))
}

/** The no, the reason and the ways that were not tried yet. */
function* decline(step: Refusal, prompt: Prompt, at: number): Generator<Event> {
  const { no, reason } = step
  const picked = new Set(prompt.choices.map((choice) => choice.option))
  const path = step.path.filter((line) => !picked.has(line))
  if (step.options && path.length) {
    const data: Data = { options: [...new Set(path)], other: true, items: reason ? [reason] : [], instead: true }
    yield new Event(at, "question", no, data)
    return
  }
  const listed = path.map((line) => `- ${line}`).join("\n")
  const parts = [`${no} ${reason}`.trim(), listed && `${step.would}\n\n${listed}`].filter(Boolean)
  yield new Event(at, "text", parts.join("\n\n") || step.otherwise, { instead: true })
  yield new Event(at, "end")
}

/** The first attempt again; where that breaks, its words are taken back and the new attempt follows. */
export async function* stable(step: Stable, prompt: Prompt, answer: Answer): Stream {
  if (!prompt.attempt || prompt.partial) {
    yield* answer(prompt)
    return
  }
  let shown = ""
  for await (const event of answer(new Prompt({ ...prompt, attempt: 0 }))) {
    if (event.kind === "error" || event.kind === "failure") {
      if (shown) yield event.become("revise")
      yield* shiftBy(answer(prompt), event.at)
      return
    }
    if (event.kind === "end" && step.note && shown.trim()) yield event.become("notice", step.note, { tone: "info" })
    shown = textAfter(shown, event)
    yield event
  }
}
