/** Run: the words at the end of an answer that still grow; what is complete in itself is read once. */
import { parseInline, type OpenSign, type References } from "./grammar"
import { parseOpenInline, scanRun, signsBelieved } from "./open"
import { append, shapesOf, type Drawn } from "./shapes"

/** The beginning of a run that nothing but the `signs` behind it can change, and what shows it. */
interface RunStart {
  readonly words: string
  readonly signs: string
  readonly drawn: readonly Drawn[]
}

/** What shows a run, and whether plain words behind it would only be added to the last letters. */
export interface RunDrawing {
  readonly drawn: Drawn[]
  readonly plain: boolean
}

const NO_START: RunStart = { words: "", signs: "", drawn: [] }
const STEP_CHARS = 32 // characters that come before more of a run is read for good
const RETRY_CHARS = 8 // and before that is tried again
const CJK = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}、。，]`
/** Where words can be cut: before a space, or in scripts without spaces; no address goes on behind it. */
const CUT = new RegExp(`[^\\s\\\\*_~\`](?= [^ ]*$)|(?:^| )(?:(?!://|www\\.|[@ ]).)*${CJK}(?=${CJK}[^ ]*$)`, "u")

/** Reads one run again and again while it grows. */
export class RunReader {
  private start = NO_START
  private sure = NO_START // the last start that no sign can change
  private next = STEP_CHARS // the length of the run at which more of it may be complete

  /** Lets go of what was read. */
  forget(): void {
    this.start = this.sure = NO_START
    this.next = STEP_CHARS
  }

  /** What shows the words; those that only grew are not read again from their beginning. */
  read(words: string, references: References): RunDrawing {
    if (!words.startsWith(this.start.words)) this.forget()
    else if (mayClose(words, this.start)) this.start = this.sure
    if (words.length >= this.next) this.advance(words, references)
    const { tokens, plain } = parseOpenInline(words.slice(this.start.words.length), references)
    return { drawn: joined(this.start.drawn, shapesOf(tokens)), plain }
  }

  private advance(words: string, references: References): void {
    this.next = words.length + RETRY_CHARS
    const left = words.slice(this.start.words.length)
    const rest = left.slice(0, scanRun(left).held)
    const cut = CUT.exec(rest)
    if (!cut) return
    const more = rest.slice(0, cut.index + cut[0].length)
    const open: OpenSign[] = []
    const drawn = shapesOf(parseInline(more, references, open))
    const letters = lettersRead(drawn)
    if (signsBelieved(open).length || /`|\]\(/.test(letters)) return
    const signs = this.start.signs + open.map(({ sign }) => sign[0]).join("") + (hasOpenBracket(letters) ? "]" : "")
    const start = { words: this.start.words + more, signs, drawn: joined(this.start.drawn, drawn) }
    if (mayClose(words, start)) return
    this.start = start
    if (!signs) this.sure = start
    this.next = start.words.length + STEP_CHARS
  }
}

/** Whether a sign behind the start may close what is open in it. */
const mayClose = (words: string, { words: before, signs }: RunStart): boolean =>
  [...signs].some((sign) => words.includes(sign, before.length))

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
