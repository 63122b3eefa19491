/** Scores: how sure the model is of its answer, and what is said of it. */

import { Event, eventFrom, handOn, joinWords, textAfter, textOf, tokensOf } from "./parallax_events.ts"
import type { Answer, Prompt, Stream, Token } from "./parallax_events.ts"
import { hearAll } from "./parallax_hearing.ts"
import { agreement, ENOUGH_SAMPLES, fillIn, nextAttempts, SAMPLES, withoutPartial } from "./parallax_samples.ts"
import type { Abstain, Hedge, Percent, Score, Verdict } from "./parallax_steps.ts"

const SPAN_TOKENS = 5 // in a row, that a "lowest" score looks at together
const SCORE_EDGE = 0.005 // scores closer to 0 or 1 count as this far from it
const NORMAL_95 = 1.959963984540054 // standard deviations that hold 95 % of a normal distribution
const GRAIN = 1e-9 // so that 0.29 is 29 %, whatever the machine makes of 0.29 * 100
const PERCENT = /(?<![\p{Nd}.])(\p{Nd}{1,3}(?:\.\p{Nd}+)?)\s*(?:%|percent|per cent)/giu
const BARE_NUMBER = /^[^\p{L}\p{N}_]*(\p{Nd}{1,3}(?:\.\p{Nd}+)?)[^\p{L}\p{N}_]*$/u

/** A score from 0 to 1, or why there is none, and when that was known. */
interface Judged {
  readonly at: number
  readonly score: number | null
  readonly why: string
}

type Judging = AsyncGenerator<Event, Judged> // silences while the model works, and then the score

/** An answer to be judged: what it was to, its words, the model's tokens behind them, and when the last one came. */
interface Judgeable {
  readonly prompt: Prompt
  readonly text: string
  readonly tokens: readonly Token[]
  readonly at: number
}

/** The score of an answer. */
async function* judge(score: Score, answer: Answer, given: Judgeable): Judging {
  const { prompt, text, tokens, at } = given
  if (score.source === "agreement") {
    const heard = yield* hearAll(nextAttempts(prompt, SAMPLES).map(answer), at)
    const others = heard.filter((other) => other.isWhole).map((other) => other.text)
    const found = others.length >= ENOUGH_SAMPLES ? agreement(text, others, prompt.text) : null
    return { at: Math.max(...heard.map((other) => other.at)), score: found, why: score.unheard }
  }
  if (score.source === "estimate") {
    const [reply] = yield* hearAll([answer(withoutPartial(prompt.chose(text, score.ask)))], at)
    if (!reply!.isWhole) return { at: reply!.at, score: null, why: score.unheard }
    return { at: reply!.at, score: statedPercent(reply!.text), why: score.numberless }
  }
  return { at, score: scoreTokens(score.source, tokens), why: score.unknown }
}

/** Whether the model has to be asked again for this kind of score. */
function asksAgain(score: Score): boolean {
  return ["agreement", "estimate"].includes(score.source)
}

/** Whether the model would have to be asked again, but this answer broke or was stopped. */
function isIdle(score: Score, last: Event): boolean {
  return asksAgain(score) && (last.kind !== "end" || last.wasStopped)
}

/** The score that the answer's own tokens give; null where none has a probability. */
export function scoreTokens(source: Score["source"], tokens: readonly Token[]): number | null {
  const given = tokens.flatMap(({ logprob }) => (typeof logprob === "number" ? [logprob] : []))
  const known = given.filter(Number.isFinite).map((logprob) => Math.min(0, logprob))
  if (!known.length) return null
  const sum = (span: readonly number[]) => span.reduce((a, b) => a + b, 0)
  if (source === "product") return Math.exp(sum(known))
  const size = source === "lowest" ? SPAN_TOKENS : known.length
  const starts = Array.from({ length: Math.max(1, known.length - size + 1) }, (_, start) => start)
  const spans = starts.map((start) => known.slice(start, start + size))
  return Math.min(...spans.map((span) => Math.exp(sum(span) / span.length)))
}

/** The percentage in a reply as a number from 0 to 1; null where there is none, or more than one. */
function statedPercent(reply: string): number | null {
  const bare = BARE_NUMBER.exec(reply.trim())
  const found = bare ? [bare] : [...reply.matchAll(PERCENT)]
  const given = new Set(found.map((match) => Number(match[1])))
  const [number = -1] = given.size === 1 ? given : []
  return number >= 0 && number <= 100 ? number / 100 : null
}

/** How likely an answer with this score is right; the score itself where nothing is known about that. */
function probability(score: Score, found: number): number {
  const { points, line } = score
  if (points.length) return heightAt(found, points)
  if (!line) return found
  const kept = Math.min(Math.max(found, SCORE_EDGE), 1 - SCORE_EDGE)
  const odds = line.slope * Math.log(kept / (1 - kept)) + line.shift
  return odds >= 0 ? 1 / (1 + Math.exp(-odds)) : Math.exp(odds) / (1 + Math.exp(odds))
}

/** The height of the line through the points, level before the first and after the last. */
function heightAt(score: number, points: Score["points"]): number {
  let [x, y] = points[0]!
  if (score <= x) return y
  for (const [nextX, nextY] of points.slice(1)) {
    if (score <= nextX) return y + ((nextY - y) * (score - x)) / (nextX - x)
    x = nextX
    y = nextY
  }
  return y
}

/** The plain sentence in place of a score. */
export function noScore(at: number, why: string): Event {
  return new Event(at, "notice", why, { tone: "info", remark: true })
}

/** The same words, and at most one verdict before the end or the break, where words were shown. */
export async function* verdict(step: Verdict, prompt: Prompt, answer: Answer): Stream {
  let tokens: Token[] = []
  let text = prompt.partial
  for await (const event of answer(prompt)) {
    text = textAfter(text, event)
    if (event.kind === "revise") tokens = []
    if (event.hasWords) tokens.push(...tokensBehind(event))
    if (event.isLast && tokens.length && !isIdle(step.score, event)) {
      const judged = yield* judge(step.score, answer, { prompt, text, tokens, at: event.at })
      const verdict = judged.score === null ? noScore(0, judged.why) : sayVerdict(step, judged.score)
      const isKnown = verdict && judged.score !== null
      const remarked = isKnown && withRemark(step.measured, verdict, prompt.text, tokens.length)
      const said = remarked ? withPart(step, remarked, prompt, event) : verdict
      if (said) yield said.moved(judged.at)
      yield event.moved(Math.max(event.at, judged.at))
    } else {
      yield event
    }
  }
}

/** The verdict; where it was measured with another kind of question, it says so. */
function withRemark(kind: Verdict["measured"], said: Event, question: string, tokens: number): Event {
  if (!kind) return said
  const words = question.split(/\s+/).filter(Boolean).length
  const isLonger = (0 < kind.question && kind.question < words) || (0 < kind.answer && kind.answer < tokens)
  if (!isLonger && !(kind.asks && !question.trimEnd().endsWith("?"))) return said
  return addRemark(said, said.text, kind.remark)
}

/** The verdict; where the answer was cut, or goes on after a cut, it says of which part it is. */
function withPart(step: Verdict, said: Event, prompt: Prompt, last: Event): Event {
  const rest = prompt.partial && !asksAgain(step.score) ? step.parts.rest : null
  const part = last.wasCut ? step.parts.cut : rest
  if (!part) return said
  return addRemark(said, said.data.legend === undefined ? said.text : `${said.text}${part.short}`, part.remark)
}

/** The verdict in these words, with a remark before its legend, or after its text where it has none. */
function addRemark(said: Event, text: string, remark: string): Event {
  const { legend } = said.data
  if (legend === undefined) return new Event(said.at, said.kind, `${text} ${remark}`, said.data)
  return new Event(said.at, said.kind, text, { ...said.data, legend: `${remark} ${String(legend)}` })
}

/** The model's tokens behind some words; the words themselves where they are not the model's. */
export function tokensBehind(event: Event): readonly Token[] {
  return event.tokens.length ? event.tokens : [{ text: event.text }]
}

/** What is said of an answer with this score; null where nothing is. */
function sayVerdict(step: Verdict, score: number): Event | null {
  const chance = probability(step.score, score)
  if (step.percent) return sayPercent(step.percent, chance)
  const whole = Math.floor(100 * chance + GRAIN)
  const reached = step.cuts.find(({ from }) => (step.floored ? whole >= 100 * from - GRAIN : chance >= from))
  return reached?.event ? eventFrom(reached.event) : null
}

/** The probability as a number, and how many answers of the test with about this one were right. */
function sayPercent(percent: Percent, chance: number): Event {
  const rounded = round(100 * chance, percent.digits)
  const label = `${rounded.toFixed(Math.max(percent.digits, 0))} % ${percent.words}`
  return new Event(0, "badge", label, { percent: rounded, legend: percent.legend ?? sayCounts(percent, chance) })
}

/** How many answers of the test with about this probability were right. */
function sayCounts(percent: Percent, chance: number): string {
  const low = Math.max(0, chance - percent.near)
  const high = Math.min(1, chance + percent.near)
  const isNear = (at: number) => at >= 100 * low - GRAIN && (high >= 1 || at < 100 * high - GRAIN)
  const inside = percent.counts.filter(([at]) => isNear(at))
  const n = inside.reduce((sum, [, answers]) => sum + answers, 0)
  const right = inside.reduce((sum, [, , count]) => sum + count, 0)
  const marked = `${round(100 * low, 0)} to ${round(100 * high, 0)} %`
  const [least, most] = (n ? shareInterval(right, n) : [0, 1]).map((share) => String(round(100 * share, 0)))
  const filled = { marked, right: String(right), n: String(n), least: least!, most: most! }
  return `${fillIn(n ? percent.some : percent.none, filled)} ${percent.basis}`
}

/** Wilson's 95 % interval of a share. */
function shareInterval(right: number, n: number): [number, number] {
  const share = right / n
  const spread = NORMAL_95 ** 2 / n
  const half = Math.sqrt(spread * (share * (1 - share) + spread / 4))
  const middle = share + spread / 2
  return [Math.max(0, (middle - half) / (1 + spread)), Math.min(1, (middle + half) / (1 + spread))]
}

/** A number rounded to so many digits behind the point, a half to the even side. */
export function round(number: number, digits: number): number {
  const scaled = digits < 0 ? number / 10 ** -digits : number
  const places = Math.max(0, digits)
  const isHalf = Math.abs((scaled * 2 ** (places + 1)) % 2) === 1
  const nearest = isHalf ? roundHalf(scaled, places) : Number(scaled.toFixed(places))
  return digits < 0 ? nearest * 10 ** -digits : nearest
}

/** A number that lies just between two that have so many digits, as the one whose last digit is even. */
function roundHalf(number: number, places: number): number {
  const below = Math.floor(number * 10 ** places)
  return (below % 2 ? below + 1 : below) / 10 ** places
}

/** The same words a little later, doubt before them; an answer that goes on was judged at its beginning. */
export async function* hedge(step: Hedge, prompt: Prompt, answer: Answer): Stream {
  const { look } = step.score
  let held: Event[] = []
  let late = 0
  let judging = !prompt.partial
  for await (const event of answer(prompt)) {
    if (judging && event.hasWords) held.push(event)
    if (held.length && (event.isLast || (look > 0 && held.flatMap(tokensBehind).length >= look))) {
      late = yield* openWords(step, prompt, answer, held, event)
      held = []
      judging = false
      if (event.hasWords) continue
    }
    if (!judging || !event.hasWords) yield event.moved(Math.max(event.at, late))
  }
}

type Opening = AsyncGenerator<Event, number> // gives the moment when the words were shown

/** The held words, after the doubt where their score is low. */
async function* openWords(step: Hedge, prompt: Prompt, answer: Answer, held: readonly Event[], now: Event): Opening {
  const { score } = step
  let { at } = now
  if (!isIdle(score, now)) {
    const tokens = tokensOf(held).slice(0, score.look || undefined)
    const judged = yield* judge(score, answer, { prompt, text: textOf(held), tokens, at })
    at = judged.at
    if (judged.score === null) yield noScore(at, judged.why)
    else if (probability(score, judged.score) < step.threshold) yield new Event(at, "text", step.words, { hedge: true })
  }
  for (const event of held) yield event.moved(at)
  return at
}

/** All at once at the end: the answer with what was said of it, or that it is not known. */
export async function* abstain(step: Abstain, prompt: Prompt, answer: Answer): Stream {
  if (prompt.partial) {
    yield* answer(prompt)
    return
  }
  let held: Event[] = []
  let begun = !step.sign
  for await (const event of answer(prompt)) {
    const shows = event.kind === "status" && event.at === 0
    if (!begun && !shows) yield new Event(0, "status", step.sign ?? "", { shape: "spinner" })
    begun = true
    if (event.kind === "silence" || event.kind === "status") yield event
    else if (event.kind === "error") yield handOn(event, held.filter(isText))
    else if (event.isLast) yield* letGo(step, prompt, answer, held, event)
    else if (event.kind === "revise") held = [event.become("text", event.text, event.data)]
    else held.push(event)
  }
}

function isText(event: Event): boolean {
  return event.kind === "text"
}

/** What is shown of a held answer, and its end. */
async function* letGo(step: Abstain, prompt: Prompt, answer: Answer, held: readonly Event[], last: Event): Stream {
  const { score } = step
  const words = held.filter(isText)
  const text = textOf(words)
  const own = !words.some((event) => event.data.instead)
  const judges = own && text.trim() && last.kind === "end" && !isIdle(score, last)
  const given = { prompt, text, tokens: tokensOf(words), at: last.at }
  const judged = judges ? yield* judge(score, answer, given) : { at: last.at, score: null, why: "" }
  const at = Math.max(last.at, judged.at)
  if (step.words && judged.score !== null && probability(score, judged.score) < step.threshold) {
    yield new Event(at, "text", `${step.words} `, { instead: true, unsure: "words" })
    yield new Event(at, "text", step.redirect, { instead: true, unsure: "redirect" })
    if (step.anyway) yield new Event(at, "action", step.anyway, { name: "say", after: text })
  } else {
    for (const event of held) {
      if (!isText(event) || !own) yield event.moved(at)
      else if (event === words[0]) yield* joinWords(words, at)
    }
    if (judged.score === null && judged.why) yield noScore(at, judged.why)
  }
  yield last.moved(at)
}
