/** Open: what of a text that still grows can be drawn, so that nothing drawn has to be taken back. */
import { parseInline, type OpenSign, type References, type Token } from "./grammar"

const BELIEVED_CHARS = 60 // characters for which a lone star is believed to be the beginning of a phrase
const HELD_CHARS = 40 // characters that wait for the bracket that makes a link of them
const HEAD_CHARS = 200 // characters of a line that may wait for the line below to make it the head of a table
const SIGN_CHARS = 200 // characters of a line that may wait because nothing but signs has come

/** What a line may stand in: quotes and list items. */
const INSIDE = String.raw`[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*`
/** A line of which nothing but the sign of a block has come, or what may become one. */
const ONLY_SIGN = new RegExp(`^${INSIDE}(?:[-+*]|\\d{1,9}[.)]?|#{1,6}|[-_*= \\t]+|\`+|~+|\\[[ xX]?\\]?[ \\t]*)?$`)
/** A line that may become the address behind a name, which no page shows. */
const DEFINITION = /^ {0,3}\[[^\]]+\]:[ \t]*\S*(?:[ \t]+(?:["'(].*)?)?$/
const ROW = new RegExp(`^${INSIDE}\\|`)
const RULE_OF_TABLE = new RegExp(`^${INSIDE}[\\s|:-]*$`)
const WHOLE_RULE = /^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$/

/**
 * How many characters of an unfinished text can be drawn: a line whose kind is not known yet waits. In an open fence,
 * whose lines are indented by `fence` spaces, only a line that may end it does.
 */
export function settledLength(text: string, fence: number | undefined): number {
  const start = text.lastIndexOf("\n") + 1
  const line = text.slice(start)
  if (fence !== undefined && line.startsWith(" ".repeat(fence)))
    return /^[ \t>]*(?:`+|~+)?[ \t]*$/.test(line) ? start : text.length
  const above = text.lastIndexOf("\n", start - 2) + 1
  const before = text.slice(above, Math.max(above, start - 1))
  if (start && ROW.test(before) && before.length <= HEAD_CHARS && RULE_OF_TABLE.test(line) && isHead(text, above))
    return isWholeRule(before, line) ? text.length : above
  if ((line.length <= SIGN_CHARS && ONLY_SIGN.test(line)) || DEFINITION.test(line)) return start
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

/** The end of a run that the next letter decides. */
const UNDECIDED =
  /(?:\\?(?:[*_~]+|<|&#?\w{0,31})|\\|(?<!\S)!|(?<![\p{L}\p{N}])(?:htt?|https?(?::\/{0,2})?|www?|www\.))+$/u
/** A sign that is part of the address before it only if that goes on. */
const AFTER_ADDRESS = /[^\s<\]\p{L}\p{N}/=#%+]/u
const ADDRESS = /(?<!\]\()(?:https?:\/\/|www\.)/g
/** A link whose address is still coming; a person reads its words, and can follow it once it is whole. */
const LINK_TO_COME =
  /(?<!\\)(\[(?:[^[\]]|\[[^[\]]*\])*\])\((?:[^\s()`<>]|\([^\s()]*(?![^\s()])\)?)*(?:\s+(?:"[^"]*"?|'[^']*'?))?$/
const ANGLE_TO_COME = /<(?:https?:\/\/|mailto:)[^\s<>]+$/

/** A letter of a script without spaces, or a sign between its words, as a part of an expression. */
export const CJK_LETTERS = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}、。，]`

/** What words at the end of a run may still be. */
export interface RunEnd {
  readonly plain: boolean // plain words behind them would only be added to the last letters
  readonly free: boolean // they hold no address
}

/** The tokens of a run that still grows, and its end. */
interface OpenTokens {
  readonly tokens: Token[]
  readonly end: RunEnd
}

/** The tokens of a run of words that still grows: what is open is drawn as if it were closed. */
export function parseOpenInline(words: string, references: References): OpenTokens {
  const { held, code } = scanRun(words)
  const begun = code ? closedCode(words, code) : words.slice(0, held)
  const linkToCome = !code && begun.includes("](") && LINK_TO_COME.test(begun)
  let text = code && begun ? begun : decidedPart(words.slice(0, code?.from ?? held))
  if (linkToCome) text = begun.replace(LINK_TO_COME, "$1(<>)")
  const angleToCome = !code && text.includes("<") && ANGLE_TO_COME.test(text)
  if (angleToCome) text += ">"
  const open: OpenSign[] = []
  const tokens = parseInline(text, references, open)
  const closing = closingSigns(open)
  const shown = code ? begun !== "" : text.length === words.length
  const plain =
    shown && !angleToCome && open.every((sign, i) => !sign.betweenLetters && (sign.inWord || isDouble(open, i)))
  const end = { plain, free: plain && !/(?:[:@]|www\.)\S*$/i.test(words) }
  return { tokens: closing ? parseInline(text + closing, references) : tokens, end }
}

/** Signs behind the last words of which nothing came any more. */
const LONE_SIGNS = /(?:^|(?<=\s))[*_~`]+$/

/** The tokens of a run that broke off: what is open is drawn as if it were closed, and nothing else waits. */
export function parseCutInline(words: string, references: References): Token[] {
  const { code } = scanRun(words)
  const closed = code && closedCode(words, code)
  if (closed) return parseInline(closed, references)
  const text = words.trimEnd().replace(LONE_SIGNS, "").trimEnd()
  const open: OpenSign[] = []
  const tokens = parseInline(text, references, open)
  const closing = closingSigns(open)
  return closing ? parseInline(text + closing, references) : tokens
}

/** The part of a run behind which the next letter changes nothing. */
function decidedPart(words: string): string {
  const text = words.trimEnd()
  const from = Math.max(text.lastIndexOf(" "), text.lastIndexOf("\n")) + 1
  const word = text.slice(from)
  const begun = word.replace(UNDECIDED, "")
  const decided = /:\/\/|www\./.test(begun) ? withoutSigns(begun) : begun
  return decided === word ? text : decidedPart(text.slice(0, from) + decided)
}

/** The word without the signs at its end, where these stand behind an address. */
function withoutSigns(word: string): string {
  let end = word.length
  while (end > 0 && AFTER_ADDRESS.test(word[end - 1]!)) end--
  ADDRESS.lastIndex = Math.max(word.lastIndexOf("<", end - 1), word.lastIndexOf("]", end - 1)) + 1
  return ADDRESS.test(word) && ADDRESS.lastIndex <= end ? word.slice(0, end) : word
}

const closingSigns = (open: readonly OpenSign[]): string =>
  signsBelieved(open)
    .map(({ sign }) => sign)
    .reverse()
    .join("")

/** The open signs that are believed to be the beginning of a phrase. */
export const signsBelieved = (open: readonly OpenSign[]): OpenSign[] =>
  open.filter((sign, i) => {
    const near = sign.letters <= BELIEVED_CHARS
    return sign.inWord ? sign.betweenLetters && near && isDouble(open, i) : near || isDouble(open, i)
  })

const isDouble = (open: readonly OpenSign[], i: number): boolean => {
  const { sign } = open[i]!
  return sign === "~~" || open[i - 1]?.sign === sign || open[i + 1]?.sign === sign
}

/** Code that is open at the end of a run: where its sign stands, and the sign. */
interface OpenCode {
  readonly from: number
  readonly ticks: string
}

/** What is open at the end of a run: how much of it waits for no bracket, and the code that it ends in. */
export function scanRun(text: string): { readonly held: number; readonly code: OpenCode | undefined } {
  const signs = /\\[\s\S]|`+|!?\[|\]/g
  const brackets: number[] = []
  let closed = -1 // where the bracket began that ends at the sign before
  let end = -1 // the end of that sign
  for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
    const [found] = sign
    if (found[0] === "`") {
      const closer = new RegExp(`(?<!\`)${found}(?!\`)`, "g")
      closer.lastIndex = signs.lastIndex
      if (!closer.test(text)) return { held: sign.index, code: { from: sign.index, ticks: found } }
      signs.lastIndex = closer.lastIndex
    } else if (found.endsWith("[")) brackets.push(end === sign.index && closed >= 0 ? closed : sign.index)
    closed = found === "]" ? (brackets.pop() ?? -1) : -1
    end = signs.lastIndex
  }
  if (closed >= 0 && end === text.length) brackets.push(closed)
  return { held: brackets.find((at) => text.length - at <= HELD_CHARS) ?? text.length, code: undefined }
}

/** The run with its open code closed; "" where nothing is in the code yet. */
function closedCode(text: string, { from, ticks }: OpenCode): string {
  const inside = text.slice(from + ticks.length).replace(/[\s`\\]+$/, "")
  if (!inside) return ""
  return text.slice(0, from) + ticks + inside + (inside.startsWith(" ") ? " " : "") + ticks
}
