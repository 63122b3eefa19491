/** Marks: the words that the model was unsure of stand out. */

import { Event } from "./parallax_events.ts"
import type { Answer, Prompt, Stream, Token } from "./parallax_events.ts"
import { splitWords } from "./parallax_samples.ts"
import { noScore, round, scoreTokens, tokensBehind } from "./parallax_scores.ts"
import type { Highlight } from "./parallax_steps.ts"

const BETWEEN_PHRASES = /[\n*_`#|[\]()<>~.!?;:]/
// Between spaces and signs of markdown, without outer points.
const WORD = /[\p{L}\p{N}_](?:[^\s*_`#|[\]()<>~]*[\p{L}\p{N}])?/gu
const MOST_MARKS = 60 // in one answer

/** A piece of a text, from and to, and how likely the model found it. */
interface Span {
  readonly start: number
  readonly end: number
  readonly chance: number
}

/** The answer, and before its end a mark for each doubtful word or phrase. */
export async function* highlight(step: Highlight, prompt: Prompt, answer: Answer): Stream {
  let tokens: Token[] = []
  let whole = true
  for await (const event of answer(prompt)) {
    if (event.kind === "revise") tokens = []
    if (event.hasWords) {
      whole &&= !event.data.instead
      tokens.push(...tokensBehind(event))
    }
    if (event.isLast && tokens.length && whole) yield* markWords(step, tokens, event.at)
    yield event
  }
}

/** The marks of an answer, or why there are none. */
function* markWords(step: Highlight, tokens: readonly Token[], at: number): Generator<Event> {
  const { threshold, palette } = step
  if (tokens.every((token) => chanceOf(token) === null)) {
    yield noScore(at, step.unknown)
    return
  }
  const text = tokens.map((token) => token.text ?? "").join("")
  const doubtful = wordChances(text, tokens).filter((span) => span.chance < threshold)
  const marked = step.unit === "phrase" ? joinPhrases(text, doubtful) : doubtful
  for (const { start, end, chance } of marked.slice(0, MOST_MARKS)) {
    const words = text.slice(start, end)
    const level = chance < threshold / 2 ? "low" : "medium"
    const title = `the model found this ${round(100 * chance, 0)} % likely`
    yield new Event(at, "mark", words, { nth: countBefore(text, words, start), palette, level, title })
  }
}

/** How likely the model found one token. */
function chanceOf(token: Token): number | null {
  return scoreTokens("mean", [token])
}

/** Every word with the lowest probability of the tokens that it is made of. */
function wordChances(text: string, tokens: readonly Token[]): Span[] {
  const places: { start: number; end: number; chance: number | null }[] = []
  let start = 0
  for (const token of tokens) {
    const end = start + (token.text ?? "").length
    places.push({ start, end, chance: chanceOf(token) })
    start = end
  }
  return [...text.matchAll(WORD)].flatMap((word) => {
    const [start, end] = [word.index, word.index + word[0].length]
    const behind = places.filter((place) => place.start < end && place.end > start)
    const chances = behind.map((place) => place.chance).filter((chance) => chance !== null)
    return chances.length ? [{ start, end, chance: Math.min(...chances) }] : []
  })
}

/** Doubtful words that stand close together in one line, as one. */
function joinPhrases(text: string, spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    const between = last ? text.slice(last.end, span.start) : ""
    if (last && splitWords(between).length < 2 && !BETWEEN_PHRASES.test(between)) {
      joined[joined.length - 1] = { ...last, end: span.end, chance: Math.min(span.chance, last.chance) }
    } else {
      joined.push(span)
    }
  }
  return joined
}

/** How often the phrase stands in the text before this place. */
function countBefore(text: string, phrase: string, start: number): number {
  let count = 0
  for (let at = text.indexOf(phrase); at >= 0 && at < start; at = text.indexOf(phrase, at + 1)) count += 1
  return count
}
