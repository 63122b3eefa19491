/** Growth: when words that come can only be more of the run at the end, so that no block is read again. */
import { CJK_LETTERS } from "./open"
import type { Token } from "./grammar"

/** The run at the end of a text, as far as words that come behind it need it. */
export interface OpenRun {
  readonly kind: "paragraph" | "heading" | "cell"
  readonly quotes: number // how many quotes the run stands in, one in the other
  end: string // its last characters, with the spaces behind them
  line: string // what has come of the last line while that is not settled
  settled: boolean // whether the last line stays the words of the block it stands in
  ends: "unknown" | "otherwise" | "letter" | "sign" // what kind of plain word it ends in
}

/** A line of which so much has come that it stays the words of the block it stands in. */
const SETTLED =
  /^[ \t]*(?:[^\s\d`~*_+=#|>:[\\-]|\d{1,9}[^\s\d.)|]|(?:\*\*?|__?|``?|~~?)[^\s*_`~-]|\[[^\]\\[]{2,}\][^\s:])/u
/** A line that begins with a letter goes on with the paragraph above it. */
const GOES_ON = /^ *\p{L}/u
/** Words that may become a box or an address behind a name. */
const MAY_DEFINE = /^\[(?:[ xX]?\]|[^\]]*$|[^\]]*\]?:|[^\]]*[\\[])/
const SIGNS_OF_RULE = /^[\s|:-]*$/

/** Plain words, which mean nothing but themselves behind a plain word; behind a point or comma only after a space. */
const PLAIN = /^(?: ?[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?[,.;:!?]?$/u
const PLAIN_LETTERS = /^ ?[A-Za-z]+$/
const ENDS_PLAIN = /[ \n][\p{L}\p{N}]*\p{L}([,.;:!?]?)$/u
/** In scripts without spaces; behind words that hold no address. */
const PLAIN_CJK = new RegExp(`^${CJK_LETTERS}+$`, "u")
const ENDS_CJK = new RegExp(`${CJK_LETTERS}$`, "u")

/** What may become the beginning of an address. */
const MAY_ADDRESS = /(?:^|[ \n])(?:htt?|https?|www?)$/

const SCHEME_CHARS = 6 // "https" and the space before it
const WORD_CHARS = 80 // a longer word is none

/** The run that ends the text, where its words stand there as they are; else undefined. */
export function openRunOf(tokens: readonly Token[], last: Token | undefined, text: string): OpenRun | undefined {
  if (!last) return undefined
  const trimmed = text.trimEnd()
  if (!trimmed.endsWith(last.content.slice(last.content.lastIndexOf("\n") + 1).trimStart())) return undefined
  const at = tokens.lastIndexOf(last)
  const kind = kindOf(tokens[at - 1]!)
  if (!kind || MAY_DEFINE.test(last.content)) return undefined
  if (tokens.some(({ type }) => type === "reference_definition")) return undefined
  if (kind === "heading" && last.content.includes("#")) return undefined // it may be at the end of the line
  if (kind === "cell" && !isOpenCell(tokens, at, text)) return undefined
  const words = last.content + text.slice(trimmed.length)
  const line = words.slice(words.lastIndexOf("\n") + 1)
  const quotes = kind === "paragraph" ? quotesAround(tokens, at) : 0
  return { kind, quotes, end: words.slice(-WORD_CHARS), line, settled: SETTLED.test(line), ends: "unknown" }
}

function kindOf({ type, markup }: Token): OpenRun["kind"] | undefined {
  if (type === "paragraph_open") return "paragraph"
  if (type === "heading_open") return markup.startsWith("#") ? "heading" : undefined
  return type === "td_open" ? "cell" : undefined
}

/** Whether the line ends within the cell whose words stand at the index `at`. */
function isOpenCell(tokens: readonly Token[], at: number, text: string): boolean {
  const line = text.slice(text.lastIndexOf("\n") + 1)
  if (line.includes("\\") || SIGNS_OF_RULE.test(tokens[at]!.content)) return false
  const row = tokens.slice(
    tokens.findLastIndex(({ type }) => type === "tr_open"),
    at,
  )
  const bars = line.replace(/^[ \t>]*\|?/, "").split("|").length
  return /^[ \t>]*\|/.test(line) && bars === row.filter(({ type }) => type === "td_open").length
}

/** How many quotes stand around all else that the token at the index `at` stands in. */
function quotesAround(tokens: readonly Token[], at: number): number {
  for (let level = 0; ; level++) {
    const around = tokens.findLast((token, i) => i < at && token.level === level && token.nesting > 0)
    if (around?.type !== "blockquote_open") return level
  }
}

/** What is added to the words of the run; null where the grammar may read these as something else than more of it. */
export function grownWords(run: OpenRun, added: string): string | null {
  if (run.kind === "heading") return /[\n#]/.test(added) ? null : added
  if (run.kind === "cell") return /[\n|\\]/.test(added) ? null : added
  if (run.settled && !added.includes("\n")) return added
  if (!run.settled && run.line.trim() && !isQuoteSign(run, run.line)) return null
  const [first, ...below] = added.split("\n") as [string, ...string[]]
  let words = run.settled ? first : settle(run, run.line + first, !below.length)
  for (let i = 0; i < below.length && words !== null; i++) {
    if (!run.settled) return null
    const more = settle(run, below[i]!, i === below.length - 1)
    words = more === null ? null : `${words}\n${more}`
  }
  return words
}

/** The words of a line that has begun: none while its kind is not known, null where it is no more of the run. */
function settle(run: OpenRun, line: string, isLast: boolean): string | null {
  const words = withoutQuotes(run, line)
  run.settled = GOES_ON.test(words)
  run.line = line
  if (run.settled) return words
  return isLast && (line === "" || isQuoteSign(run, line)) ? "" : null
}

const withoutQuotes = ({ quotes }: OpenRun, line: string): string =>
  quotes ? line.replace(new RegExp(`^(?: {0,3}>){1,${quotes}} ?`), "") : line

const isQuoteSign = (run: OpenRun, line: string): boolean =>
  line.includes(">") && withoutQuotes(run, line).trim() === ""

/** Notes that words were added. */
export function noteWords(run: OpenRun, words: string): void {
  run.end = (run.end + words).slice(-WORD_CHARS)
  run.ends = "unknown"
}

/** Whether plain words are added to plain words, which are then noted; `free` says that no address is at the end. */
export function addPlain(run: OpenRun, words: string, free: boolean): boolean {
  if (free && PLAIN_CJK.test(words) && ENDS_CJK.test(run.end)) noteWords(run, words)
  else {
    if (!PLAIN_LETTERS.test(words) && !PLAIN.test(words)) return false
    if (/[pstw]$/.test(words) && MAY_ADDRESS.test((run.end.slice(-SCHEME_CHARS) + words).slice(-SCHEME_CHARS)))
      return false
    if (run.ends === "unknown") run.ends = kindOfEnd(run.end)
    if (run.ends === "otherwise" || (run.ends === "sign" && !words.startsWith(" "))) return false
    noteWords(run, words)
    if (/[A-Za-z]$/.test(words)) run.ends = "letter"
  }
  return true
}

function kindOfEnd(words: string): OpenRun["ends"] {
  const end = ENDS_PLAIN.exec(words.length < WORD_CHARS ? `\n${words}` : words)
  return end ? (end[1] ? "sign" : "letter") : "otherwise"
}
