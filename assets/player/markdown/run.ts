/** Run: the words at the end of an answer that still grow; what is complete in itself is read once. */
import { parseInline, type OpenSign, type References } from "./grammar"
import { CJK_LETTERS, parseOpenInline, scanRun, signsBelieved, type RunEnd } from "./open"
import { append, lettersOf, shapesOf, type Drawn } from "./shapes"

/** The beginning of a run that nothing but the `signs` behind it can change, and what shows it. */
interface RunStart {
  readonly words: string
  readonly signs: string
  readonly drawn: readonly Drawn[]
}

/** What shows a run behind its first `kept` shapes, which are as they were drawn last; and its end. */
export interface RunDrawing {
  readonly kept: number
  readonly drawn: Drawn[]
  readonly end: RunEnd
}

const NO_START: RunStart = { words: "", signs: "", drawn: [] }
const STEP_CHARS = 32 // characters that come before more of a run is read for good
const RETRY_CHARS = 8 // and before that is tried again
/** Where words can be cut: before a space, or in scripts without spaces; no address goes on behind it. */
const CUT = new RegExp(
  `[^\\s\\\\*_~\`](?= [^ ]*$)|(?:^| )(?:(?!://|www\\.|[@ ]).)*${CJK_LETTERS}(?=${CJK_LETTERS}[^ ]*$)`,
  "u",
)

/** Reads one run again and again while it grows. */
export class RunReader {
  private start = NO_START
  private sure = NO_START // the last start that no sign can change
  private rest = "" // the words behind the start, with the spaces at their end
  private kept = 0 // how many shapes the last start stood for that nothing behind it can change
  private next = STEP_CHARS // the length of the rest at which more of it may be complete

  /** Lets go of what was read. */
  forget(): void {
    this.start = this.sure = NO_START
    this.rest = ""
    this.next = STEP_CHARS
  }

  /** What shows the words; those that only grew are not read again from their beginning. */
  read(words: string, references: References): RunDrawing {
    if (!words.startsWith(this.start.words)) this.forget()
    this.rest = words.slice(this.start.words.length)
    this.kept = 0
    return this.draw(references)
  }

  /** Adds words to those that were read. */
  add(words: string): void {
    this.rest += words
  }

  /** What shows the words that were read and added. */
  draw(references: References): RunDrawing {
    if (mayClose(this.rest, this.start.signs)) this.goBack()
    if (this.rest.length >= this.next) this.advance(references)
    const words = this.rest.trimEnd()
    const { tokens, end } = parseOpenInline(words, references)
    const first = this.start.drawn
    const complete = typeof first.at(-1) === "string" ? first.length - 1 : first.length
    const kept = Math.min(this.kept, complete)
    this.kept = complete
    const drawn = joined(first.slice(kept), shapesOf(tokens))
    const plain = end.plain && lettersOf(drawn.slice(-1)).at(-1) === words.at(-1)
    return { kept, drawn, end: plain ? end : { plain, free: false } }
  }

  private goBack(): void {
    this.rest = this.start.words.slice(this.sure.words.length) + this.rest
    this.start = this.sure
    this.next = 0
  }

  private advance(references: References): void {
    const left = this.rest.trimEnd()
    this.next = left.length + RETRY_CHARS
    const rest = left.slice(0, scanRun(left).held)
    const cut = CUT.exec(rest)
    if (!cut) return
    const more = rest.slice(0, cut.index + cut[0].length)
    const open: OpenSign[] = []
    const drawn = shapesOf(parseInline(more, references, open))
    const letters = lettersRead(drawn)
    if (signsBelieved(open).length || /`|\]\(/.test(letters)) return
    const signs = this.start.signs + open.map(({ sign }) => sign[0]).join("") + (hasOpenBracket(letters) ? "]" : "")
    const behind = this.rest.slice(more.length)
    if (mayClose(behind, signs)) return
    this.start = { words: this.start.words + more, signs, drawn: joined(this.start.drawn, drawn) }
    if (!signs) this.sure = this.start
    this.rest = behind
    this.next = STEP_CHARS
  }
}

/** Whether one of the signs may close what is open before these words. */
const mayClose = (words: string, signs: string): boolean => {
  for (const sign of signs) if (words.includes(sign)) return true
  return false
}

/** The letters of some shapes without those of code. */
const lettersRead = (shapes: readonly Drawn[]): string =>
  shapes
    .map((shape) => (typeof shape === "string" ? shape : shape.tag === "code" ? "" : lettersRead(shape.children)))
    .join("")

/** Whether a bracket that may become a link is left among the letters. */
function hasOpenBracket(letters: string): boolean {
  let depth = 0
  for (const letter of letters) {
    if (letter === "[") depth++
    else if (letter === "]") depth = Math.max(0, depth - 1)
  }
  return depth > 0
}

function joined(first: readonly Drawn[], then: readonly Drawn[]): Drawn[] {
  const all = [...first]
  for (const drawn of then) append(all, drawn)
  return all
}
