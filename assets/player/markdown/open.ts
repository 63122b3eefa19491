/** Open: what of a text that still grows can be drawn, so that nothing drawn has to be taken back. */
import { parseInline, type OpenSign, type References, type Token } from "./grammar"

const BELIEVED_CHARS = 60 // characters for which a lone star is believed to be the beginning of a phrase
const HEAD_CHARS = 200 // characters of a line that may wait for the line below to make it the head of a table

/** What a line may stand in: quotes and list items. */
const INSIDE = String.raw`[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*`
/** A line of which nothing but the sign of a block has come, or what may become one. */
const ONLY_SIGN = new RegExp(`^${INSIDE}(?:[-+*]|\\d{1,9}[.)]?|#{1,6}|[-_*= \\t]+|\`+|~+|\\[[ xX]?\\]?[ \\t]*)?$`)
/** A line that may become the address behind a name, which no page shows. */
const DEFINITION = /^ {0,3}\[[^\]]+\]:[ \t]*\S*(?:[ \t]+(?:["'(].*)?)?$/
const ROW = new RegExp(`^${INSIDE}\\|`)
const RULE_OF_TABLE = new RegExp(`^${INSIDE}[\\s|:-]*$`)
const WHOLE_RULE = /^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$/

/** How many characters of an unfinished text can be drawn: a line whose kind is not known yet waits. */
export function settledLength(text: string, inFence: boolean): number {
  const start = text.lastIndexOf("\n") + 1
  const line = text.slice(start)
  if (inFence) return /^[ \t>]*(?:`+|~+)?[ \t]*$/.test(line) ? start : text.length
  const above = text.lastIndexOf("\n", start - 2) + 1
  const before = text.slice(above, Math.max(above, start - 1))
  if (start && ROW.test(before) && before.length <= HEAD_CHARS && RULE_OF_TABLE.test(line) && isHead(text, above))
    return isWholeRule(before, line) ? text.length : above
  if (ONLY_SIGN.test(line) || DEFINITION.test(line)) return start
  if (ROW.test(line) && line.length <= HEAD_CHARS && isHead(text, start)) return start
  return start && before.includes("|") && RULE_OF_TABLE.test(line) && !ROW.test(line) ? start : text.length
}

/** Whether the line that starts at `start` has no row of a table above it. */
function isHead(text: string, start: number): boolean {
  const above = text.lastIndexOf("\n", start - 2) + 1
  return start === 0 || !text.slice(above, start).includes("|")
}

function isWholeRule(head: string, line: string): boolean {
  const rule = line.replace(/^[ \t>]*/, "").trim()
  return WHOLE_RULE.test(rule) && cellCount(rule) === cellCount(head.replace(new RegExp(`^${INSIDE}`), "").trim())
}

function cellCount(row: string): number {
  return row
    .replace(/\\\|/g, "")
    .replace(/^\||\|$/g, "")
    .split("|").length
}

const UNDECIDED = /(?:\\?(?:[*_~`]+|!?\[|<|&#?\w{0,31})|\\)$/ // the end of a run that the next letter decides
/** A link whose address is still coming; a person reads its words, and can follow it once it is whole. */
const LINK_TO_COME = /(?<!\\)(\[[^[\]]*\])\((?:[^\s()`<>]|\([^\s()]*\)?)*(?:\s+(?:"[^"]*|'[^']*))?$/

/** The tokens of a run that still grows, and whether plain words behind it would only be added to its last letters. */
interface OpenTokens {
  readonly tokens: Token[]
  readonly plain: boolean
}

/** The tokens of a run of words that still grows: what is open is drawn as if it were closed. */
export function parseOpenInline(words: string, references: References): OpenTokens {
  let text = words.replace(UNDECIDED, "").trimEnd()
  const ticks = openTicks(text)
  if (ticks) return { tokens: parseInline(text + ticks, references), plain: true }
  const linkToCome = LINK_TO_COME.test(text)
  if (linkToCome) text = text.replace(LINK_TO_COME, "$1(<>)")
  const open: OpenSign[] = []
  const tokens = parseInline(text, references, open)
  const closing = closingSigns(open)
  const plain = !linkToCome && open.every((sign, i) => sign.inWord || isDouble(open, i))
  return { tokens: closing ? parseInline(text + closing, references) : tokens, plain }
}

const closingSigns = (open: readonly OpenSign[]): string =>
  signsBelieved(open)
    .map(({ sign }) => sign)
    .reverse()
    .join("")

/** The open signs that are believed to be the beginning of a phrase. */
export const signsBelieved = (open: readonly OpenSign[]): OpenSign[] =>
  open.filter((sign, i) => !sign.inWord && (isDouble(open, i) || sign.letters <= BELIEVED_CHARS))

const isDouble = (open: readonly OpenSign[], i: number): boolean => {
  const { sign } = open[i]!
  return sign === "~~" || open[i - 1]?.sign === sign || open[i + 1]?.sign === sign
}

/** The back ticks that close a run of code that is open at the end; "" where none is, or nothing is in it yet. */
function openTicks(text: string): string {
  const signs = /\\[\s\S]|`+/g
  for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
    if (sign[0][0] !== "`") continue
    const closer = new RegExp(`(?<!\`)${sign[0]}(?!\`)`, "g")
    closer.lastIndex = signs.lastIndex
    if (!closer.test(text)) return closingTicks(sign[0], text.slice(signs.lastIndex))
    signs.lastIndex = closer.lastIndex
  }
  return ""
}

const closingTicks = (ticks: string, inside: string): string =>
  inside.trim() ? (inside.startsWith(" ") ? ` ${ticks}` : ticks) : ""
