/** Lines: found for what a pattern shows or asks: the model's, or where it has none that fit one's own. */

import type { Answer, Event, Prompt } from "./parallax_events.ts"
import { hearAll } from "./parallax_hearing.ts"
import { countChars, foldCase, shorten } from "./parallax_samples.ts"

const FOR = "For"
const AGAINST = "Against"
const MOST_PICKS = 3 // answers to pick from below a question of the model
const QUOTES = [
  ["**", "**"],
  ['"', '"'],
  ["“", "”"],
  ["*", "*"],
] as const
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** What a line of a model is like; fewer than `min_lines` such lines are as good as none. */
export interface LineRule {
  readonly max_chars: number
  readonly needs: string
  readonly lacks: string
  readonly min_lines: number
}

/** Lines that are found before they are shown: the model's, where it is asked for them, or else one's own. */
export interface Content {
  readonly ask: string | null
  readonly said: string | null
  readonly own: string
  readonly read: "lines" | "question" | "sides"
  readonly quotes: number
  readonly rule: LineRule | null
  readonly picks: LineRule | null
  readonly origins: { readonly ask: string; readonly own: string }
}

/** Lines that were found, where they come from, and when they were there. */
export interface Lines {
  readonly lines: readonly string[]
  readonly origin: string
  readonly at: number
}

type Finding = AsyncGenerator<Event, Lines> // silences while the model works, and then the lines

/** The model's lines, asked for at `at`, or one's own; `shown` is its answer where it has one. */
export async function* findLines(content: Content, prompt: Prompt, answer: Answer, at: number, shown = ""): Finding {
  const { ask, origins } = content
  if (ask !== null) {
    const said = content.said ?? shown
    const [heard] = yield* hearAll([answer(prompt.hiddenTurn(said, ask))], at)
    at = Math.max(at, heard!.at)
    const found = heard!.isWhole ? fittingLines(content, heard!.text) : []
    if (found.length) return { lines: found, origin: origins.ask, at }
  }
  const quoted = content.quotes ? shorten(prompt.text, content.quotes, "…") : "{prompt}"
  const own = plainLines(content.own.replaceAll("{prompt}", () => quoted))
  return { lines: own, origin: own.length ? origins.own : "", at }
}

/** What is of use in a model's reply; nothing where it is not what it was asked for. */
function readLines(read: Content["read"], reply: string): string[] {
  if (read === "sides") {
    const sides = plainLines(reply.replaceAll("**", ""))
    return [FOR, AGAINST].every((side) => sidePoints(sides, side).length) ? sides : []
  }
  return plainLines(reply)
}

/** What is of use in a reply and keeps to the rules: of a question, the first one and what can be picked. */
function fittingLines(content: Content, reply: string): readonly string[] {
  const { read, rule, picks } = content
  const found = readLines(read, reply)
  if (read !== "question" || !rule) return fitting(found, rule)
  const plain = found.map(withoutQuotes)
  const first = plain.findIndex((line) => keepsTo(line, rule))
  if (first < 0) return []
  return [plain[first]!, ...fitting(plain.slice(first + 1), picks).slice(0, MOST_PICKS)]
}

/** The lines of a model that keep to the rule, none twice; all of them without a rule. */
function fitting(lines: readonly string[], rule: Content["rule"]): readonly string[] {
  if (!rule) return lines
  const kept = [...new Set(lines.map(withoutQuotes))].filter((line) => keepsTo(line, rule))
  return kept.length >= rule.min_lines ? kept : []
}

/** Whether a line, up to a |, is as long as the rule allows, has what it needs and lacks what it has to lack. */
function keepsTo(line: string, rule: LineRule): boolean {
  const [text] = splitAt(line, "|")
  const [small, length] = [foldCase(text), countChars(text)]
  const fits = length > 0 && length <= rule.max_chars && new RegExp(rule.needs).test(small)
  return fits && !new RegExp(rule.lacks).test(small)
}

/** A line without the quotation marks, or signs of bold letters, around the whole of it. */
function withoutQuotes(line: string): string {
  for (const [first, last] of QUOTES) {
    const inner = line.slice(first.length, -last.length)
    if (line.startsWith(first) && line.endsWith(last) && inner && !inner.includes(last)) return inner.trim()
  }
  return line
}

/** The lines that say something, without bullets and numbers in front of them. */
function plainLines(text: string): string[] {
  const plain = text.split(LINE_END).map((line) =>
    line
      .trim()
      .replace(/^[-*•#]+/, "")
      .trim(),
  )
  return plain.map(withoutNumber).filter(Boolean)
}

/** A line without its number in a list: "2. Wait" is "Wait", "2 eggs" stays. */
function withoutNumber(line: string): string {
  return line.replace(/^\p{Nd}+\. /u, "").trim()
}

/** The parts of a text before and behind the first of these signs. */
export function splitAt(text: string, sign: string): [before: string, behind: string] {
  const [before = "", ...behind] = text.split(sign)
  return [before.trim(), behind.join(sign).trim()]
}

/** The points of one side, without its name. */
export function sidePoints(lines: readonly string[], side: string): string[] {
  const parts = lines.map((line) => splitAt(line, ":"))
  return parts.flatMap(([name, point]) => (foldCase(name) === foldCase(side) && point ? [point] : []))
}
