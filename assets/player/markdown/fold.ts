/** Fold: the complete rows of a table, or items of a list in an item, left out of what is read again. */
import type { Token } from "./grammar"
import type { Drawn, Shape } from "./shapes"

/** Parts that stand one below the other: their tokens, the shape they are in, and the way to it from the block. */
interface Parts {
  readonly opened: readonly Token[]
  readonly holder: Shape
  readonly path: readonly number[]
}

/** A block at the beginning of a tail without its complete parts: only the first and the last of them are read. */
export class Fold {
  private complete = "" // the text up to the last part
  private head = ""
  private kept: readonly Drawn[] = []
  private path: readonly number[] = []

  /** Lets go of the parts. */
  forget(): void {
    this.complete = this.head = ""
    this.kept = []
  }

  /** The text without the complete parts. */
  leaveOut(text: string): string {
    if (!text.startsWith(this.complete)) this.forget()
    return this.head + text.slice(this.complete.length)
  }

  /** Puts the parts back in the place of the first. */
  putBack(block: Drawn | undefined): void {
    if (!this.kept.length) return
    const holder = this.path.reduce(childAt, block)
    if (typeof holder === "object") holder.children.splice(0, 1, ...this.kept)
  }

  /** Keeps what stands above the last part of a block that is all there is; `starts` says where each line begins. */
  keepParts(tokens: readonly Token[], shown: string, starts: readonly number[], block: Drawn | undefined): void {
    const found = typeof block === "object" ? (rowsOf(tokens, block) ?? itemsOf(tokens, block)) : undefined
    if (!found || (this.kept.length && found.path.join() !== this.path.join())) return
    const last = starts[found.opened.at(-1)!.map![0]]!
    const left = shown.slice(this.head.length, last)
    if (left.includes("]:")) return // it may define an address
    this.head = shown.slice(0, starts[found.opened[1]!.map![0]])
    this.complete += left
    this.kept = found.holder.children.slice(0, -1)
    this.path = found.path
  }
}

const childAt = (shape: Drawn | undefined, index: number): Drawn | undefined =>
  typeof shape === "object" ? shape.children[index] : undefined

/** The rows of a table that is all there is, where some are complete. */
function rowsOf(tokens: readonly Token[], holder: Shape): Parts | undefined {
  if (tokens[0]?.type !== "table_open" || tokens.at(-1)!.type !== "table_close") return undefined
  if (tokens.some(({ type, level }, i) => type === "table_open" && level === 0 && i > 0)) return undefined
  const opened = tokens.filter(({ type, level }) => type === "tr_open" && level === 2)
  return opened.length < 3 ? undefined : { opened, holder, path: [] }
}

/** The items of the outermost list of several complete items that ends the one item of a list that is all there is. */
function itemsOf(tokens: readonly Token[], block: Shape): Parts | undefined {
  if (block.tag !== "ul" && block.tag !== "ol") return undefined
  if (tokens.filter(({ level }) => level <= 1).length !== 4) return undefined // one list, one item
  const path: number[] = []
  for (let level = 2, holder = block; isListEnd(tokens.at(-1 - level), level); level += 2) {
    const item = holder.children.at(-1) as Shape
    path.push(holder.children.length - 1, item.children.length - 1)
    holder = item.children.at(-1) as Shape
    const from = tokens.findLastIndex((token) => token.level === level && token.type.endsWith("_list_open"))
    const opened = tokens.slice(from).filter((token) => token.level === level + 1 && token.type === "list_item_open")
    if (opened.length >= 3) return { opened, holder, path }
  }
  return undefined
}

const isListEnd = (token: Token | undefined, level: number): boolean =>
  token?.level === level && token.type.endsWith("_list_close")
