/** Words: what is said and asked around an answer, in lines that were found for it. */

import { countWide, showSigns } from "./parallax_delivery.ts"
import { appendBelow, Event, eventFrom, lookUp, putInOrder, shiftBy } from "./parallax_events.ts"
import type { Answer, Data, Prompt, Stream } from "./parallax_events.ts"
import { hearAll } from "./parallax_hearing.ts"
import { findLines, sidePoints, splitAt } from "./parallax_lines.ts"
import type { Lines } from "./parallax_lines.ts"
import { agreement, ENOUGH_SAMPLES, foldCase, nextAttempts, SAMPLES, splitWords } from "./parallax_samples.ts"
import type { Agree, Clarify, More, Offer, Show, ShowSteps } from "./parallax_steps.ts"

const ADDRESS = /^https?:\/\/[^\s<>"']+$/i

/** The answer, and lines that were found for it, in their place. */
export function more(step: More, prompt: Prompt, answer: Answer): Stream {
  if (step.place === "after") {
    return appendBelow(prompt, answer, (shown, last) => linesBelow(step, prompt, answer, shown, last))
  }
  if (prompt.attempt || prompt.partial) return answer(prompt)
  return linesBefore(step, prompt, answer)
}

type Below = AsyncGenerator<Event, Event>

/** The lines under a whole answer. */
async function* linesBelow(step: More, prompt: Prompt, answer: Answer, shown: string, last: Event): Below {
  const found = yield* findLines(step.content, prompt, answer, last.at, shown)
  yield* showLines(step.show, found, shown)
  return last.moved(Math.max(last.at, found.at))
}

/** The lines, and then the answer; steps are signs of waiting, and may be kept below it. */
async function* linesBefore(step: More, prompt: Prompt, answer: Answer): Stream {
  if (step.sign) yield eventFrom(step.sign)
  const found = yield* findLines(step.content, prompt, answer, 0)
  if (step.show.as === "steps") {
    yield* linesWaiting(step.show, found, prompt, answer)
  } else {
    yield* showLines(step.show, found)
    yield* shiftBy(answer(prompt), found.at)
  }
}

/** The answer with the lines as signs of waiting, which may be kept above it. */
async function* linesWaiting(show: ShowSteps, found: Lines, prompt: Prompt, answer: Answer): Stream {
  const { lines, at } = found
  const split = lines.map((line) => splitAt(line, "|"))
  const steps = split.filter(([name]) => name).slice(0, show.most)
  const signs = steps.map(([name, result], n) => {
    return new Event(at + n * show.dwell, "status", name, { shape: "step", ...(result && { result }) })
  })
  yield* keepAbove(showSigns(signs, shiftBy(answer(prompt), at)), show.title, show.keep ? steps : [], at)
}

/** The stream, and before its first words what was done since `start`. */
async function* keepAbove(
  stream: Stream,
  title: string,
  steps: readonly (readonly [string, string])[],
  start: number,
): Stream {
  let kept = !steps.length
  for await (const event of stream) {
    if (!kept && (event.hasWords || event.isLast)) {
      kept = true
      const items = steps.map(([name]) => name)
      const results = steps.map(([, result]) => result)
      const seconds = Math.round(10 * Math.max(0, event.at - start)) / 10
      const told = results.some(Boolean) && { results }
      const data = { tone: "steps", items, fold: "closed", ...told, seconds }
      if (event.hasWords || event.kind === "end") yield event.become("notice", title, data)
    }
    yield event
  }
}

type Parts = readonly [string, string, string, string]

/** The four parts of a line between |; "" for those that it does not have. */
function splitLine(line: string): Parts {
  const [first, rest] = splitAt(line, "|")
  const [second, more] = splitAt(rest, "|")
  const [third, fourth] = splitAt(more, "|")
  return [first, second, third, fourth]
}

/** Found lines as a list, as two columns or as sources. */
function* showLines(show: Show, found: Lines, shown = ""): Generator<Event> {
  const { at, origin } = found
  if (show.as === "sources") yield* showSources(show, found, shown)
  if (show.as === "columns") {
    const sides = show.sides.map((title) => ({ title, items: sidePoints(found.lines, title) }))
    const room = show.even ? Math.min(show.most, ...sides.map(({ items }) => items.length)) : show.most
    const columns = sides.map(({ title, items }) => ({ title, items: items.slice(0, room) }))
    const data = { tone: "card", columns: columns.filter(({ items }) => items.length), origin }
    if (data.columns.length) yield new Event(at, "notice", show.title, data)
  }
  if (show.as === "list") {
    const items = found.lines.slice(0, show.most ?? undefined)
    const told = show.tone === "thoughts" ? {} : { origin }
    const data = { tone: show.tone, items, ...told, ...(show.fold && { fold: show.fold }) }
    if (items.length) yield new Event(at, "notice", show.title, data)
  }
}

/** Found lines as sources: title, passage, the words that it bears out, address; one about other words is left out. */
function* showSources(show: Extract<Show, { as: "sources" }>, found: Lines, shown: string): Generator<Event> {
  const place = (claim: string) => (claim ? shown.indexOf(claim) : shown.length)
  const sources = found.lines.map(splitLine).filter(([title, , claim]) => title && shown.includes(claim))
  sources.sort(([, , one], [, , other]) => place(one) - place(other))
  for (const [index, [title, detail, claim, address]] of sources.slice(0, show.most).entries()) {
    const about = show.claims ? claim : ""
    const goal = ADDRESS.test(address) && { address }
    const data = { n: index + 1, detail, claim: about, nth: 0, preview: show.preview, ...goal, origin: found.origin }
    yield new Event(found.at, "source", title, data)
  }
}

/** The answer, and in place of its end a question with something to pick. */
export function offer(step: Offer, prompt: Prompt, answer: Answer): Stream {
  return appendBelow(prompt, answer, (shown, last) => askBelow(step, prompt, answer, shown, last))
}

/** The question with lines that were not picked yet, or with corrections until one was made. */
async function* askBelow(step: Offer, prompt: Prompt, answer: Answer, shown: string, last: Event): Below {
  const { question } = step
  if (last.kind === "question" || (step.assumed && prompt.chosen(question) !== null)) return last
  const found = yield* findLines(step.content, prompt, answer, last.at, shown)
  const { items, options } = step.assumed ? assumedOptions(step, found) : freshOptions(step, found, prompt)
  const form = items ? { items } : { form: "next" }
  const data = { other: true, origin: found.origin, ...form, options }
  return options.length ? new Event(found.at, "question", question, data) : last.moved(found.at)
}

interface Offered {
  readonly items?: readonly string[]
  readonly options: readonly string[]
}

/** Assumptions, and what to pick where one is not so. */
function assumedOptions(step: Offer, found: Lines): Offered {
  const assumed = new Map(found.lines.map((line) => splitAt(line, "|")).filter(([left]) => left))
  const items = [...assumed.keys()].slice(0, step.most)
  return { items, options: [...new Set(items.map((item) => assumed.get(item) || `Not so: ${item}`))] }
}

/** The lines that were not picked yet. */
function freshOptions(step: Offer, found: Lines, prompt: Prompt): Offered {
  const picked = new Set(prompt.choices.map((choice) => choice.option))
  return { options: [...new Set(found.lines)].filter((line) => !picked.has(line)).slice(0, step.most) }
}

/** A question and nothing more, until it is answered; else the answer. */
export async function* clarify(step: Clarify, prompt: Prompt, answer: Answer): Stream {
  const { wanted, at } = yield* wantsQuestion(step, prompt, answer)
  const asked = wanted ? yield* findQuestion(step, prompt, answer, at) : new Event(at, "silence")
  if (asked.kind === "question") yield asked
  else yield* shiftBy(answer(prompt), asked.at)
}

type Wanting = AsyncGenerator<Event, { wanted: boolean; at: number }>

/** Whether to ask, and when that was known: there were not too many questions yet, and the method calls for one. */
async function* wantsQuestion(step: Clarify, prompt: Prompt, answer: Answer): Wanting {
  if (prompt.choices.length >= step.maximum) return { wanted: false, at: 0 }
  if (step.when !== "differ" || prompt.attempt || prompt.partial) {
    const short = step.when === "short" && countWords(prompt.text) <= step.short
    return { wanted: short || step.when === "always", at: 0 }
  }
  yield eventFrom(step.sign)
  const heard = yield* hearAll(nextAttempts(prompt, SAMPLES).map(answer), 0)
  const [first = "", ...others] = heard.filter((one) => one.isWhole).map((one) => one.text)
  const known = others.length + 1 >= ENOUGH_SAMPLES
  const wanted = known && agreement(first, others, prompt.text) < step.threshold
  return { wanted, at: Math.max(...heard.map((one) => one.at)) }
}

/** The question, or a silence at the moment when it is known that there is none that was not answered yet. */
async function* findQuestion(step: Clarify, prompt: Prompt, answer: Answer, at: number): Below {
  const { content, other } = step
  if (!content) return askOnce(prompt, at, step.question, step.options, { other })
  if (content.ask !== null) yield eventFrom(step.sign, at)
  const found = yield* findLines(content, prompt, answer, at)
  const [question = "", ...options] = found.lines
  return askOnce(prompt, found.at, question, options, { other, origin: found.origin })
}

/** A question, or a silence where there is none or it was answered. */
function askOnce(prompt: Prompt, at: number, question: string, options: readonly string[], data: Data): Event {
  if (!question || prompt.chosen(question) !== null) return new Event(at, "silence")
  return new Event(at, "question", question, { ...data, options: [...new Set(options)] })
}

/** How many words a text has; in scripts without spaces every character counts as one. */
function countWords(text: string): number {
  return splitWords(text).length + countWide(text)
}

/** A question before the answer, where enough is at stake; once it is answered, what follows from that. */
export async function* agree(step: Agree, prompt: Prompt, answer: Answer): Stream {
  const chosen = prompt.chosen(step.question)
  if (chosen !== null) yield* goOn(step, prompt, answer, chosen)
  else if (prompt.hidden || !isAtStake(step, prompt)) yield* answer(prompt)
  else yield* askBefore(step, prompt, answer)
}

/** What follows from a choice: another question, a stop, or the answer. */
async function* goOn(step: Agree, prompt: Prompt, answer: Answer, chosen: string): Stream {
  const another = lookUp(step.instead, chosen)
  const stop = lookUp(step.stops, chosen)
  if (another && prompt.chosen(another) === null) {
    yield new Event(0, "question", another, { options: [], other: true })
  } else if (stop !== undefined) {
    yield new Event(0, "notice", stop, { tone: "info", instead: true })
    yield new Event(0, "end", "", { reason: "declined" })
  } else {
    const isQuiet = step.quiet === null || step.quiet.includes(chosen)
    const stream = answer(isQuiet ? prompt.without(step.question) : prompt)
    const decided = step.decided?.replaceAll("{decision}", () => chosen)
    if (decided) yield new Event(0, "notice", decided, { tone: "info", form: "decision" })
    yield* decided ? putInOrder(stream, step.delay) : stream
  }
}

/** The question under the lines that were found for it; the answer where none were. */
async function* askBefore(step: Agree, prompt: Prompt, answer: Answer): Stream {
  const data = { options: step.options, other: step.other }
  if (!step.content) {
    yield new Event(0, "question", step.question, data)
    return
  }
  if (step.sign) yield eventFrom(step.sign)
  const found = yield* findLines(step.content, prompt, answer, 0)
  const { at, origin } = found
  const cut = Object.keys(step.more).length > 0
  const lines = cut ? found.lines.map((line) => splitLine(line)[0]) : found.lines
  const items = lines.slice(0, step.most ?? undefined)
  if (found.lines.length) yield new Event(at, "question", step.question, { ...data, items, ...step.more, origin })
  else yield* shiftBy(answer(prompt), at)
}

/** Whether the request names one of the words that make it worth asking. */
function isAtStake(step: Agree, prompt: Prompt): boolean {
  const named = new Set(foldCase(prompt.text).match(/[a-z]+/g))
  return step.stakes === null || step.stakes.some((word) => named.has(word))
}
