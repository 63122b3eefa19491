/**
 * Samples: further answers to the same question, and whether two answers say the same, by a rule to check by hand.
 *
 * Of each answer only the first sentence counts. In it, letters are made small and lose their accents, and everything
 * is taken away that is not a letter or a digit, every little word, and every word of the question. Two answers agree
 * when more than half of the words that are left of the shorter one are in the other one too. Where nothing is left of
 * one of them, the question's words are left in.
 */

import { appendBelow, Event, lookUp, Prompt } from "./parallax_events.ts"
import type { Answer, Stream } from "./parallax_events.ts"
import { hearAll } from "./parallax_hearing.ts"
import type { AskAgain, ShowAgreement, ShowAlternatives } from "./parallax_steps.ts"

const COMMON = `
    a about also an and answer approximately are as at be been but by called can correct could did do does for from
    had has have he her his i in is it its known me my of on one or our right she so some sure that the their them
    there these they this those to very was we were which who will with would you your
`
const LITTLE_WORDS = new Set(splitWords(COMMON))
export const SENTENCE_BREAK = /(?<=[.!?])\s|\n/
export const SAMPLES = 5 // further answers
export const ENOUGH_SAMPLES = 3 // with fewer, how far they agree says nothing
const LISTED_CHARS = 180 // characters of an answer in a list
const HYPHEN = "-(?<=\\p{L}{2}-|\\p{L}-\\p{L}-)(?=\\p{L}-?\\p{L})" // within a word
const DASH_AHEAD = "(?<=[\\p{L}\\p{N}_!\"'&.,?])(?=-{2,}[\\p{L}\\p{N}_])"
const DASH = `${DASH_AHEAD}-+`
const LINE_PARTS = new RegExp(`\\s+|${DASH}|\\S+?(?:${HYPHEN}|(?=\\s|$)|${DASH_AHEAD})`, "gu") // where a line may end
const HIGHEST_ACCENT = "\u0345" // any other accent is put before it

/** The next attempts at the same prompt, from its beginning. */
export function nextAttempts(prompt: Prompt, count: number): Prompt[] {
  return Array.from({ length: count }, (_, n) => withoutPartial(prompt.again(n + 1)))
}

/** The same prompt, nothing to go on from. */
export function withoutPartial(prompt: Prompt): Prompt {
  return new Prompt({ ...prompt, partial: "", wait: 0 })
}

/** Whether two answers to the question say the same. */
function answersAgree(one: string, other: string, question = ""): boolean {
  let [first, second] = [tellingWords(one, question), tellingWords(other, question)]
  if (!first.size || !second.size) [first, second] = [tellingWords(one, ""), tellingWords(other, "")]
  const shared = [...first].filter((word) => second.has(word)).length
  const least = Math.min(first.size, second.size)
  return 2 * shared > least || (shared === first.size && shared === second.size)
}

/** The share of the others that agree, one counted for and one against: so few cannot show 0 or 100 %. */
export function agreement(answer: string, others: readonly string[], question = ""): number {
  const same = others.filter((other) => answersAgree(answer, other, question)).length
  return (same + 1) / (others.length + 2)
}

/** The words of an answer's first sentence that are neither little nor the question's. */
function tellingWords(answer: string, question: string): Set<string> {
  const asked = new Set(foldedWords(question))
  const words = foldedWords(firstSentence(answer))
  return new Set(words.filter((word) => !LITTLE_WORDS.has(word) && !asked.has(word)))
}

/** The first sentence, or line. */
export function firstSentence(text: string): string {
  return text.trim().split(SENTENCE_BREAK, 1)[0] ?? ""
}

/** The words in small letters without accents; a number keeps its point and loses its thousands commas. */
function foldedWords(text: string): string[] {
  const plain = [...text.normalize("NFKD")].filter((character) => !isAccent(character)).join("")
  const joined = foldCase(plain).replace(/['’]|(?<=\p{Nd}),(?=\p{Nd}{3})/gu, "")
  return joined.match(/\p{Nd}+(?:\.\p{Nd}+)?|[\p{L}\p{Nl}\p{No}]+/gu) ?? []
}

/** Whether a character changes the letter before it. */
function isAccent(character: string): boolean {
  if (character < HIGHEST_ACCENT && character < "\u0300") return false
  const behind = HIGHEST_ACCENT + character
  return character === HIGHEST_ACCENT || behind.normalize("NFD") !== behind
}

/** A text in small letters; large ones first, so that ß is ss, and the two small sigmas are one. */
export function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll("ς", "σ")
}

/** The words between spaces. */
export function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

/** As many whole words as there is room for, and where that is not all of them a sign that there are more. */
export function shorten(text: string, chars: number, more: string): string {
  const words = splitWords(text).join(" ")
  if (countChars(words) <= chars) return words
  const parts = words.match(LINE_PARTS) ?? []
  const fits = () => parts.at(-1)?.trim() && countChars(parts.join("") + more) <= chars
  while (parts.length && !fits()) parts.pop()
  return parts.length ? parts.join("") + more : more.trimStart()
}

/** How many characters a text has; one from outside the commonest 65,536 is one, too. */
export function countChars(text: string): number {
  return [...text].length
}

/** The answer, and what the model says when it is asked again. */
export function askAgain(step: AskAgain, prompt: Prompt, answer: Answer): Stream {
  return appendBelow(prompt, answer, (shown, last) => othersBelow(step, prompt, answer, shown, last))
}

/** The other answers, or how far they agree, under a whole answer. */
async function* othersBelow(
  step: AskAgain,
  prompt: Prompt,
  answer: Answer,
  shown: string,
  last: Event,
): AsyncGenerator<Event, Event> {
  const { show } = step
  const heard = yield* hearAll(nextAttempts(prompt, step.count).map(answer), last.at)
  const said = heard.flatMap((other) => (other.isWhole && other.text.trim() ? [other.text.trim()] : []))
  const at = Math.max(last.at, ...heard.map((other) => other.at))
  if (!said.length) yield new Event(at, "notice", step.unknown, { tone: "info", remark: true })
  else if (show.as === "alternatives") yield* showAlternatives(show, at, said, shown, prompt.text)
  else yield* showAgreement(show, at, said, shown, prompt.text)
  return last.moved(at)
}

/** The other answers on a card, none twice. */
function* showAlternatives(
  show: ShowAlternatives,
  at: number,
  said: readonly string[],
  shown: string,
  question: string,
): Generator<Event> {
  const distinct = [...new Set(said)].filter((other) => other !== shown.trim())
  if (show.order !== "as they came") {
    const alike = show.order === "most alike"
    const isLater = (other: string) => Number(answersAgree(shown, other, question) !== alike)
    distinct.sort((one, other) => isLater(one) - isLater(other))
  }
  const items = distinct.map(beginning)
  if (items.length) yield new Event(at, "notice", show.title, { tone: "card", form: "others", items })
  else yield new Event(at, "notice", show.same, { tone: "info", form: "others" })
}

/** How many of the other answers disagree, and how those begin. */
function* showAgreement(
  show: ShowAgreement,
  at: number,
  said: readonly string[],
  shown: string,
  question: string,
): Generator<Event> {
  const apart = said.filter((other) => !answersAgree(shown, other, question))
  const counts = { asked: show.asked[said.length] ?? "", apart: String(apart.length), said: String(said.length) }
  if (apart.length) {
    const items = show.items ? [...new Set(apart)].map((other) => beginning(firstSentence(other))) : []
    yield new Event(at, "notice", fillIn(show.apart, counts), { tone: "caution", items })
  } else if (show.same !== null) {
    yield new Event(at, "notice", fillIn(show.same, counts), { tone: "info" })
  }
}

/** A text with values in place of their names in braces. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => lookUp(values, name) ?? whole)
}

/** An answer's beginning. */
function beginning(text: string): string {
  return shorten(text, LISTED_CHARS, " …")
}
