/** Markdown while it streams: only what still grows is read again, and what is complete is never touched. */
import { type References, parseBlocks } from "./grammar"
import { canGrow, isPlainAfter } from "./growth"
import { findNode, lettersOf, mend, nodeOf, type Drawn, type Shape } from "./shapes"
import { drawnSpan } from "./spans"
import { TailReader, type Block, type GrowingRun, type TailDrawing } from "./tail"

/** Complete blocks: from and to in the text, and the nodes that show them. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly items: boolean // whether the nodes are items of a list that began before
  nodes: Node[]
}

/** Words of an answer drawn into `root` as they come. */
export class Markdown {
  source = ""
  private text = "" // the source with one kind of line end
  private pieces: Piece[] = []
  private references: References = {}
  private reader = new TailReader(this.references)
  private from = 0 // where the tail begins in the text
  private drawn: Drawn[] = []
  private list: Element | null = null // the list whose last item begins the tail
  private inCode = false
  private run: GrowingRun | undefined
  private runNode: Node | null = null // the node that shows what the run stands in, once it was looked for
  private ended = false

  constructor(readonly root: HTMLElement) {}

  /** Appends words. */
  add(words: string): void {
    const carried = this.source.endsWith("\r") ? "\r" : ""
    this.source += words
    const added = tidyLines(carried + words)
    this.text += added
    if (!this.grow(added)) this.draw(false)
  }

  /** Replaces all words; words that only grew are appended. */
  revise(words: string): void {
    if (words.startsWith(this.source)) return this.add(words.slice(this.source.length))
    this.clear()
    this.add(words)
  }

  /** Ends the drawing: nothing waits any more. */
  end(): void {
    if (this.ended) return // what was put into it since, such as a mark, is no model's
    this.ended = true
    if (this.source.endsWith("\r")) this.text += "\n"
    this.draw(true)
  }

  /** Opens an ended drawing again, so that words can be appended where it stopped. */
  reopen(): void {
    const words = this.source
    this.clear()
    this.add(words)
  }

  /** Where in the letters on the page the letters `from` to `to` of the source stand; null where they are not shown. */
  findDrawn(from: number, to: number): readonly [number, number] | null {
    const [start, end] = [tidyLines(this.source.slice(0, from)).length, tidyLines(this.source.slice(0, to)).length]
    return drawnSpan(this.text, this.pieces, this.references, start, end)
  }

  private clear(): void {
    this.root.replaceChildren()
    this.source = this.text = ""
    this.pieces = []
    this.references = {}
    this.reader = new TailReader(this.references)
    this.from = 0
    this.drawn = []
    this.list = null
    this.inCode = false
    this.run = undefined
    this.ended = false
  }

  /** Adds words to the code or the run at the end, where the grammar cannot make anything else of them. */
  private grow(added: string): boolean {
    return this.run ? this.growRun(this.run, added) : this.inCode && this.growCode(added)
  }

  private growCode(added: string): boolean {
    const line = this.text.slice(this.text.lastIndexOf("\n") + 1, this.text.length - added.length)
    if (added.includes("\n") || !/[^\s`~]/.test(line)) return false
    const text = lastText(this.root)
    text?.appendData(added)
    addLetters(this.drawn, added)
    return text !== null
  }

  private growRun(run: GrowingRun, added: string): boolean {
    if (!canGrow(run, added)) return false
    this.runNode ??= findNode(this.root, this.drawn, run.holder)
    if (!this.runNode) return false
    const text = run.plain && isPlainAfter(run.words, added) ? lastText(this.runNode) : null
    run.words += added
    if (text && text.data.at(-1) === run.words.at(-1 - added.length)) {
      text.appendData(added)
      addLetters([run.holder], added)
      return true
    }
    const { drawn, plain } = this.reader.readRun(run.words)
    mend(this.runNode, run.holder.skip, run.holder.children, drawn)
    run.holder.children = drawn
    run.plain = plain
    return true
  }

  private draw(whole: boolean): void {
    const tail = this.reader.read(this.text.slice(this.from), whole)
    const after = tail.blocks.flatMap(({ shape }) => (shape === undefined ? [] : [shape]))
    const first = after[0]
    if (this.list && typeof first === "object") continueShape(first, this.drawn[0] as Shape)
    mend(this.root, this.childrenBefore(), this.drawn, after)
    this.drawn = after
    this.inCode = tail.inCode
    this.run = tail.run
    this.runNode = null
    this.settle(tail, whole)
  }

  /** How many children of the root stand before the tail. */
  private childrenBefore(): number {
    return this.root.childNodes.length - this.drawn.length
  }

  /** Lets go of the blocks and items to which nothing can be added. */
  private settle({ blocks, lastItem }: TailDrawing, whole: boolean): void {
    let count = whole ? blocks.length : blocks.length - 1
    while (!whole && count > 0 && blocks[count - 1]!.defines) count-- // its title may still come
    for (const block of blocks.slice(0, Math.max(0, count))) this.keep(block)
    const last = blocks.at(-1)
    const from = this.from
    if (whole) this.from = this.text.length
    else if (count > 0) this.from += blocks[count]!.from
    const start = from + lastItem
    if (!whole && last && blocks.length - count === 1 && lastItem > last.from) this.keepItems(start)
    this.define(this.text.slice(from, this.from))
  }

  private keep(block: Block): void {
    const shape = block.shape
    if (shape === undefined) return
    const items = this.list !== null
    const element = this.root.childNodes[this.childrenBefore()]!
    const nodes = items ? [...element.childNodes].slice((shape as Shape).skip) : [element]
    this.pieces.push({ from: this.from + block.from, to: this.from + block.to, items, nodes })
    this.list = null
    this.drawn = this.drawn.slice(1)
  }

  /** All items of the open list but the last are complete. */
  private keepItems(start: number): void {
    const shape = this.drawn[0] as Shape
    const count = shape.children.length - 1
    const element = this.root.childNodes[this.childrenBefore()] as Element
    const items = this.list !== null
    const nodes =
      items || shape.skip
        ? [...element.childNodes].slice(shape.skip, shape.skip + count)
        : [...element.childNodes].slice(0, count)
    this.pieces.push({ from: this.from, to: start, items: true, nodes })
    this.list = element
    this.drawn = [{ ...shape, skip: shape.skip + count, children: shape.children.slice(count) }]
    this.from = start
  }

  /** Addresses that complete blocks define are known from here on, also to the blocks before. */
  private define(text: string): void {
    if (!text.includes("]:")) return
    const before = Object.keys(this.references).length
    parseBlocks(text, this.references)
    if (Object.keys(this.references).length === before) return
    for (const piece of this.pieces) if (this.text.slice(piece.from, piece.to).includes("[")) this.redraw(piece)
  }

  private redraw(piece: Piece): void {
    const text = this.text.slice(piece.from, piece.to)
    const shapes = new TailReader(this.references).read(text, true).blocks.flatMap(({ shape }) => shape ?? [])
    const wanted = piece.items ? (shapes[0] as Shape).children : shapes
    const parent = piece.nodes[0]?.parentNode
    if (!parent || lettersOf(wanted) === piece.nodes.map((node) => node.textContent).join("")) return
    const nodes = wanted.map(nodeOf)
    for (const node of nodes) parent.insertBefore(node, piece.nodes[0]!)
    for (const node of piece.nodes) (node as ChildNode).remove()
    piece.nodes = nodes
  }
}

/** One kind of line end, and no letter that ends a text; half a line end waits for its other half. */
const tidyLines = (text: string): string =>
  /[\r\0]/.test(text) ? text.replace(/\r$/, "").replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd") : text

function lastText(root: Node): Text | null {
  let node: Node | null = root
  while (node && node.nodeType !== Node.TEXT_NODE) node = node.lastChild
  return node as Text | null
}

/** A list of which the first items are complete: what is read of it now goes on behind them. */
function continueShape(shape: Shape, before: Shape): void {
  shape.skip = before.skip
  shape.attributes = before.attributes
}

/** Adds letters to the last words of some shapes. */
function addLetters(shapes: Drawn[], letters: string): void {
  const last = shapes.at(-1)
  if (typeof last === "object") addLetters(last.children, letters)
  else shapes[shapes.length - 1] = (last ?? "") + letters
}
