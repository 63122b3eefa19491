/** Tail: the part of an answer that still grows: its blocks, drawn anew as far as they differ. */
import { parseBlocks, parseInline, type References, type Token } from "./grammar"
import { Fold } from "./fold"
import { openRunOf, type OpenRun } from "./growth"
import { parseCutInline, settledLength, type RunEnd } from "./open"
import { RunReader, type RunDrawing } from "./run"
import { shapesOf, type Drawn, type Inline, type Shape } from "./shapes"

/** A block of the tail: from and to in its text, and its shape; a definition of an address has none. */
export interface Block {
  readonly from: number
  readonly to: number
  readonly shape: Drawn | undefined
  readonly defines: boolean
}

/** A run that can grow, the shape it stands in, and what its last words may still be. */
export interface GrowingRun {
  readonly open: OpenRun
  readonly holder: Shape
  end: RunEnd
}

/** The tail as it is to be drawn. */
export interface TailDrawing {
  /** How many letters of its text are drawn. */
  readonly length: number
  readonly blocks: readonly Block[]
  /** Where the last item of a list that ends the tail begins; 0 where it is the first, or no list ends the tail. */
  readonly lastItem: number
  /** Whether the tail ends in a line of code that can grow. */
  readonly inCode: boolean
  /** The run at the end that can grow, and what it stands in; undefined where there is none. */
  readonly run: GrowingRun | undefined
}

type Cache = Map<string, Drawn[]>

/** Reads a tail again and again, and each run of words only when it changed. */
export class TailReader {
  private known: Cache = new Map()
  private fence: number | undefined // how far the lines of the fence that is open at the end are indented
  private addresses = "{}"
  private run = new RunReader()
  private fold = new Fold()
  private current: References

  constructor(readonly references: References) {
    this.current = references
  }

  /** How many letters of the text of a tail are drawn; the others wait. */
  shownLength(text: string): number {
    return settledLength(text, this.fence)
  }

  /** Reads so many letters of the text of a tail; a `whole` one gets nothing added, one that is `cut` broke off. */
  read(text: string, length: number, whole: boolean, cut = false): TailDrawing {
    const before = this.fence
    const drawing = this.readShown(text.slice(0, length), whole, cut)
    if (before !== undefined && this.fence === undefined && !whole) {
      const other = this.shownLength(text) // the fence ended: its rules for the last line, too
      if (other !== length) return this.read(text, other, whole)
    }
    return length < text.length ? { ...drawing, inCode: false, run: undefined } : drawing
  }

  /** Adds words to the open run. */
  addToRun(words: string): void {
    this.run.add(words)
  }

  /** What shows the open run after words were added. */
  drawRun(): RunDrawing {
    return this.run.draw(this.current)
  }

  private readShown(text: string, whole: boolean, cut: boolean): TailDrawing {
    const references: References = { ...this.references }
    const shown = this.fold.leaveOut(text)
    const tokens = parseBlocks(shown, references)
    if (this.follow(references) && shown.length < text.length) return this.readShown(text, whole, cut)
    const last = whole && !cut ? undefined : openRun(tokens, shown)
    let found: { holder: Shape; end: RunEnd } | undefined
    const known: Cache = new Map()
    const inline = (token: Token, holder: Shape): Drawn[] => {
      if (token === last && cut) return shapesOf(parseCutInline(token.content, references))
      if (token === last) {
        const { drawn, end } = this.run.read(token.content, references)
        found = { holder, end }
        return drawn
      }
      const drawn =
        known.get(token.content) ?? this.known.get(token.content) ?? shapesOf(parseInline(token.content, references))
      known.set(token.content, drawn)
      return drawn
    }
    const starts = lineStarts(shown)
    const blocks = blocksOf(tokens, starts, shown.length, inline)
    this.known = known
    const code = whole ? undefined : codeAtEnd(tokens)
    this.fence = code && openFence(code, shown, starts)
    const open = openRunOf(tokens, last, shown)
    const run = open && found ? { open, ...found } : undefined
    if (run) this.run.add(shown.slice(shown.trimEnd().length))
    this.fold.putBack(blocks[0]?.shape)
    const left = text.length - shown.length
    if (!whole) this.fold.keepParts(tokens, shown, starts, blocks[0]?.shape)
    const lastItem = lastItemStart(tokens, starts)
    return {
      length: text.length,
      blocks: left ? blocks.map(behind(left)) : blocks,
      lastItem: lastItem && lastItem + left,
      inCode: code !== undefined && endsInCode(code.content, shown),
      run,
    }
  }

  /** Whether other addresses are known than before; what was read without them is read again. */
  private follow(references: References): boolean {
    this.current = references
    if (this.addresses === "{}" && !Object.keys(references).length) return false
    const addresses = JSON.stringify(references)
    if (addresses === this.addresses) return false
    this.known.clear()
    this.run.forget()
    this.fold.forget()
    this.addresses = addresses
    return true
  }
}

/** The shapes of a text to which nothing is added. */
export const wholeShapes = (text: string, references: References): Drawn[] =>
  new TailReader(references).read(text, text.length, true).blocks.flatMap(({ shape }) => shape ?? [])

/** The run of words at the very end, if the text's next letter may belong to it. */
function openRun(tokens: readonly Token[], text: string): Token | undefined {
  const at = tokens.findLastIndex((token) => token.type === "inline" && token.content)
  if (at < 0 || !tokens.slice(at + 1).every(isClosing)) return undefined
  const paragraph = tokens[at - 1]?.type === "paragraph_open"
  return (paragraph ? /\n[ \t>]*\n$/ : /\n$/).test(text) ? undefined : tokens[at]
}

/** Whether a token behind the last words only closes what they stand in, or fills the row of a table up. */
const isClosing = ({ type, nesting }: Token): boolean => nesting < 0 || type === "td_open" || type === "inline"

/** The blocks at the top of the tail, and which letters of it each is made of. */
function blocksOf(tokens: readonly Token[], starts: readonly number[], length: number, inline: Inline): Block[] {
  const blocks: Block[] = []
  let first = 0
  tokens.forEach((token, i) => {
    if (token.level > 0 || token.nesting > 0) return
    const lines = tokens[first]!.map ?? [0, 0]
    const [shape] = shapesOf(tokens.slice(first, i + 1), inline)
    const [from, to] = [starts[lines[0]] ?? length, starts[lines[1]] ?? length]
    blocks.push({ from, to, shape, defines: token.type === "reference_definition" })
    first = i + 1
  })
  return blocks
}

/** A block of a text of which the beginning was left out, in the whole text. */
const behind =
  (left: number) =>
  (block: Block, i: number): Block => ({ ...block, from: i ? block.from + left : block.from, to: block.to + left })

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
  return starts
}

function lastItemStart(tokens: readonly Token[], starts: readonly number[]): number {
  if (!tokens.at(-1)?.type.endsWith("_list_close") || tokens.at(-1)!.level > 0) return 0
  const item = tokens.findLast((token) => token.type === "list_item_open" && token.level === 1)
  return starts[item?.map?.[0] ?? 0] ?? 0
}

/** The code that a text ends in. */
function codeAtEnd(tokens: readonly Token[]): Token | undefined {
  const token = tokens.findLast(({ nesting }) => nesting >= 0)
  return token?.type === "fence" || token?.type === "code_block" ? token : undefined
}

/** How far the lines of a fence that waits for its end are indented; undefined where it is ended, or in a quote. */
function openFence({ type, map, markup, level }: Token, text: string, starts: readonly number[]): number | undefined {
  if (type !== "fence") return undefined
  const [first, behind] = map!
  const last = text.slice(starts[behind - 1], starts[behind]).trim()
  if (behind - 1 > first && last.startsWith(markup) && !last.replaceAll(markup[0]!, "")) return undefined
  const head = text.slice(starts[first], text.indexOf(markup, starts[first]))
  return level === 0 ? 0 : /[>\t]/.test(head) ? undefined : head.length
}

/** Whether more letters in the last line are more of the code. */
function endsInCode(code: string, text: string): boolean {
  const last = code.slice(code.lastIndexOf("\n", code.length - 2) + 1).replace(/\n$/, "")
  return /[^\s`~]/.test(last) && text.endsWith(last)
}
