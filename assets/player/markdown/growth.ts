/** Growth: when words that come can only be more of the run at the end, so that no block is read again. */
import type { Token } from "./grammar"

/** The run at the end of a text: its words with the spaces behind them, and what it stands in. */
export interface OpenRun {
  readonly kind: "paragraph" | "heading" | "cell"
  words: string
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
const ENDS_PLAIN = /[ \n][\p{L}\p{N}]*\p{L}([,.;:!?]?)$/u

/** What may become the beginning of an address. */
const MAY_ADDRESS = /(?:^|[ \n])(?:htt?|https?|www?)$/

const SCHEME_CHARS = 6 // "https" and the space before it
const WORD_CHARS = 80 // a longer word is none

/** The run that ends the text, where its words stand there as they are; else undefined. */
export function openRunOf(tokens: readonly Token[], last: Token | undefined, text: string): OpenRun | undefined {
  if (!last) return undefined
  const trimmed = text.trimEnd()
  if (!trimmed.endsWith(last.content.slice(last.content.lastIndexOf("\n") + 1).trimStart())) return undefined
  const at = tokens.indexOf(last)
  const kind = kindOf(tokens[at - 1]!)
  if (!kind || MAY_DEFINE.test(last.content)) return undefined
  if (tokens.some(({ type }) => type === "reference_definition")) return undefined
  if (kind === "heading" && last.content.includes("#")) return undefined // it may be at the end of the line
  if (kind === "cell" && !isOpenCell(tokens, at, text)) return undefined
  return { kind, words: last.content + text.slice(trimmed.length) }
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

/** Whether the grammar reads the run with these words added as one run of the same kind. */
export function canGrow({ kind, words }: OpenRun, added: string): boolean {
  if (kind === "heading") return !/[\n#]/.test(added)
  if (kind === "cell") return !/[\n|\\]/.test(added)
  const line = words.slice(words.lastIndexOf("\n") + 1)
  const begun = /\S/.test(line)
  if (!begun && !GOES_ON.test(line + added)) return false
  if (begun && !SETTLED.test(line)) return false
  const below = added.split("\n").slice(1)
  return below.every((next, i) => GOES_ON.test(next) || (i === below.length - 1 && next === ""))
}

/** Whether plain words are added to plain words. */
export function isPlainAfter(words: string, added: string): boolean {
  if (MAY_ADDRESS.test((words.slice(-SCHEME_CHARS) + added).slice(-SCHEME_CHARS))) return false
  const end = PLAIN.test(added) ? ENDS_PLAIN.exec(`\n${words.slice(-WORD_CHARS)}`.slice(-WORD_CHARS)) : null
  return end !== null && (!end[1] || added.startsWith(" "))
}
