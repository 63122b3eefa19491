/** Markdown while it streams: only what still grows is read again, and what is complete is never touched. */
import { type References, parseBlocks } from "./grammar"
import { addPlain, grownWords, noteWords } from "./growth"
import { findNode, lastNodes, lettersOf, mend, nodeOf, type Drawn, type Shape } from "./shapes"
import { drawnSpan } from "./spans"
import { TailReader, wholeShapes, type Block, type GrowingRun, type TailDrawing } from "./tail"

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
  private shownTo = 0 // how much of the text is drawn
  private halfLineEnd = false // whether the source ends in what may be the first half of a line end
  private inCode = false
  private run: GrowingRun | undefined
  private runNode: Node | null = null // the node that shows what the run stands in, once it was looked for
  private lastText: Text | null = null // the last words in it, or of the code at the end, once they were looked for
  private ended = false

  constructor(readonly root: HTMLElement) {}

  /** Appends words. */
  add(words: string): void {
    this.source += words
    const added = tidyLines(this.halfLineEnd ? `\r${words}` : words)
    if (words) this.halfLineEnd = words.endsWith("\r")
    this.text += added
    if (this.grow(added)) this.shownTo = this.text.length
    else this.draw(false)
  }

  /** Replaces all words; words that only grew are appended. */
  revise(words: string): void {
    if (words.startsWith(this.source)) return this.add(words.slice(this.source.length))
    this.clear()
    this.add(words)
  }

  /** Ends the drawing: nothing waits any more. Words that were `cut` off keep the look they had while they came. */
  end(cut = false): void {
    if (this.ended && (!cut || this.isMarked())) return // what was put into it since, such as a mark, is no model's
    if (this.halfLineEnd && !this.ended) this.text += "\n"
    this.ended = true
    this.draw(true, cut)
  }

  /** Opens an ended drawing again, so that words can be appended where it stopped. */
  reopen(): void {
    const words = this.source
    this.clear()
    this.add(words)
  }

  /** Whether something was put into the last words, which another drawing of them would take away. */
  private isMarked(): boolean {
    return !!this.root.lastElementChild?.querySelector("mark, sup, button, [contenteditable]")
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
    this.shownTo = 0
    this.halfLineEnd = this.inCode = false
    this.run = undefined
    this.ended = false
  }

  /** Adds words to the code or the run at the end, where the grammar cannot make anything else of them. */
  private grow(added: string): boolean {
    if (!added) return true
    return this.run ? this.growRun(this.run, added) : this.inCode && this.growCode(added)
  }

  private growCode(added: string): boolean {
    if (added.includes("\n")) return false
    this.lastText ??= lastTextIn(this.root)
    this.lastText?.appendData(added)
    addLetters(this.drawn, added)
    return this.lastText !== null
  }

  private growRun(run: GrowingRun, added: string): boolean {
    const words = grownWords(run.open, added)
    if (words === null) return false
    this.runNode ??= findNode(this.root, this.drawn, run.holder)
    if (!this.runNode) return false
    this.reader.addToRun(words)
    if (run.end.plain && addPlain(run.open, words, run.end.free)) {
      this.lastText ??= lastTextIn(this.runNode)
      this.lastText?.appendData(words)
      addLetters([run.holder], words)
      return this.lastText !== null
    }
    noteWords(run.open, words)
    const { kept, drawn, end } = this.reader.drawRun()
    mend(this.runNode, run.holder.children.slice(kept), drawn)
    run.holder.children.splice(kept, Infinity, ...drawn)
    run.end = end
    this.lastText = null
    return true
  }

  private draw(whole: boolean, cut = false): void {
    const text = this.text.slice(this.from)
    const length = whole ? text.length : this.reader.shownLength(text)
    if (!whole && this.isShown(this.from + length)) return
    const tail = this.reader.read(text, length, whole, cut)
    const after = tail.blocks.flatMap(({ shape }) => (shape === undefined ? [] : [shape]))
    const first = after[0]
    if (this.list && typeof first === "object") first.attributes = (this.drawn[0] as Shape).attributes // it goes on
    mend(this.root, this.drawn, after)
    this.drawn = after
    this.shownTo = this.from + tail.length
    this.inCode = tail.inCode
    this.run = tail.run
    this.runNode = this.lastText = null
    this.settle(tail, whole)
  }

  /** Whether all that is drawn of the text up to here is drawn already. */
  private isShown(to: number): boolean {
    if (to !== this.shownTo && !(to === this.shownTo + 1 && this.endsLine())) return false
    this.shownTo = to
    this.inCode = false
    this.run = undefined
    return true
  }

  /** Whether the next letter of the text only ends a line of code or of a paragraph. */
  private endsLine(): boolean {
    const line = this.text.slice(this.text.lastIndexOf("\n", this.shownTo - 1) + 1, this.shownTo)
    const within = this.inCode || this.run?.open.kind === "paragraph"
    return within && this.text[this.shownTo] === "\n" && /[^\s>]/.test(line)
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
    const element = lastNodes(this.root, this.drawn.length)[0]!
    const nodes = items ? lastNodes(element, (shape as Shape).children.length) : [element]
    this.pieces.push({ from: this.from + block.from, to: this.from + block.to, items, nodes })
    this.list = null
    this.drawn = this.drawn.slice(1)
  }

  /** All items of the open list but the last are complete. */
  private keepItems(start: number): void {
    const shape = this.drawn[0] as Shape
    const element = this.root.lastChild as Element
    const nodes = lastNodes(element, shape.children.length).slice(0, -1)
    this.pieces.push({ from: this.from, to: start, items: true, nodes })
    this.list = element
    this.drawn = [{ ...shape, children: shape.children.slice(-1) }]
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
    const shapes = wholeShapes(text, this.references)
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

function lastTextIn(root: Node): Text | null {
  let node: Node | null = root
  while (node && node.nodeType !== Node.TEXT_NODE) node = node.lastChild
  return node as Text | null
}

/** Adds letters to the last words of some shapes. */
function addLetters(shapes: Drawn[], letters: string): void {
  const last = shapes.at(-1)
  if (typeof last === "object") addLetters(last.children, letters)
  else shapes[shapes.length - 1] = (last ?? "") + letters
}
