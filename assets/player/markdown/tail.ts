/** Tail: the part of an answer that still grows: its blocks, drawn anew as far as they differ. */
import { parseBlocks, parseInline, type References, type Token } from "./grammar"
import { Fold } from "./fold"
import { openRunOf, type OpenRun } from "./growth"
import { settledLength } from "./open"
import { RunReader, type RunDrawing } from "./run"
import { shapesOf, type Drawn, type Inline, type Shape } from "./shapes"

/** A block of the tail: from and to in its text, and its shape; a definition of an address has none. */
export interface Block {
  readonly from: number
  readonly to: number
  readonly shape: Drawn | undefined
  readonly defines: boolean
}

/** A run that can grow, the shape it stands in, and whether plain words would only be added to its last letters. */
export interface GrowingRun extends OpenRun {
  readonly holder: Shape
  plain: boolean
}

/** The tail as it is to be drawn. */
export interface TailDrawing {
  readonly blocks: readonly Block[]
  /** Where the last item of a list that ends the tail begins; 0 where it is the first, or no list ends the tail. */
  readonly lastItem: number
  /** Whether the tail ends in code that can grow. */
  readonly inCode: boolean
  /** The run at the end that can grow, and what it stands in; undefined where there is none. */
  readonly run: GrowingRun | undefined
}

type Cache = Map<string, Drawn[]>

/** Reads a tail again and again, and each run of words only when it changed. */
export class TailReader {
  private known: Cache = new Map()
  private inFence = false
  private addresses = "{}"
  private run = new RunReader()
  private fold = new Fold()
  private current: References

  constructor(readonly references: References) {
    this.current = references
  }

  /** Reads the text of a tail; one that is `whole` gets nothing added. */
  read(text: string, whole: boolean): TailDrawing {
    const wasInFence = this.inFence
    const shown = whole ? text : text.slice(0, settledLength(text, this.inFence))
    const drawing = this.readShown(shown, whole)
    if (wasInFence && !this.inFence) return this.read(text, whole) // the fence ended: its rules for the last line, too
    return shown.length < text.length ? { ...drawing, inCode: false, run: undefined } : drawing
  }

  /** What shows the words of the open run after they grew. */
  readRun(words: string): RunDrawing {
    return this.run.read(words.trimEnd(), this.current)
  }

  private readShown(text: string, whole: boolean): TailDrawing {
    const references: References = { ...this.references }
    const shown = this.fold.leaveOut(text)
    const tokens = parseBlocks(shown, references)
    if (this.follow(references) && shown.length < text.length) return this.readShown(text, whole)
    const last = whole ? undefined : openRun(tokens, shown)
    let open: { holder: Shape; plain: boolean } | undefined
    const known: Cache = new Map()
    const inline = (token: Token, holder: Shape): Drawn[] => {
      if (token === last) {
        const { drawn, plain } = this.run.read(token.content, references)
        open = { holder, plain }
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
    this.inFence = !whole && isOpenFence(tokens.at(-1), shown)
    const grown = openRunOf(tokens, last, shown)
    const run = grown && open ? { ...grown, ...open } : undefined
    this.fold.putBack(blocks[0]?.shape)
    const left = text.length - shown.length
    if (!whole) this.fold.keepParts(tokens, shown, starts, blocks[0]?.shape)
    const lastItem = lastItemStart(tokens, starts)
    return {
      blocks: left ? blocks.map(behind(left)) : blocks,
      lastItem: lastItem && lastItem + left,
      inCode: this.inFence,
      run,
    }
  }

  /** Whether other addresses are known than before; what was read without them is read again. */
  private follow(references: References): boolean {
    this.current = references
    const addresses = JSON.stringify(references)
    if (addresses === this.addresses) return false
    this.known.clear()
    this.run.forget()
    this.fold.forget()
    this.addresses = addresses
    return true
  }
}

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

/** Whether a fence at the top of the tail waits for its end. */
function isOpenFence(token: Token | undefined, text: string): boolean {
  if (token?.type !== "fence") return false
  const lines = text.replace(/\n$/, "").split("\n")
  const last = lines.length - 1 > token.map![0] ? lines.at(-1)!.trim() : ""
  return !(last.startsWith(token.markup) && last.replaceAll(token.markup[0]!, "") === "")
}
