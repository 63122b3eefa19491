/** Tail: the part of an answer that still grows: its blocks, drawn anew as far as they differ. */
import { parseBlocks, parseInline, type References, type Token } from "./grammar"
import { parseOpenInline, settledLength } from "./open"
import { append, shapesOf, type Drawn } from "./shapes"

/** A block of the tail: from and to in its text, and its shape; a definition of an address has none. */
export interface Block {
  readonly from: number
  readonly to: number
  readonly shape: Drawn | undefined
  readonly defines: boolean
}

/** The tail as it is to be drawn. */
export interface TailDrawing {
  readonly blocks: readonly Block[]
  /** Where the last item of a list that ends the tail begins; 0 where it is the first, or no list ends the tail. */
  readonly lastItem: number
  /** How words that change nothing but the last letters can be added: as any code, as plain words, or not at all. */
  readonly grows: "code" | "words" | "no"
}

type Cache = Map<string, Drawn[]>

/** The beginning of an open run of words in which nothing is open, and what shows it. */
interface RunStart {
  readonly words: string
  readonly drawn: readonly Drawn[]
}

const NO_START: RunStart = { words: "", drawn: [] }
const REREAD_CHARS = 60 // characters at the end of an open run that are read anew each time
const SIGNS = /[*_~`[\]<&\\!:@]/ // what may still mean something, in words that are drawn as they are

/** Reads a tail again and again, and each run of words only when it changed. */
export class TailReader {
  private known: Cache = new Map()
  private inFence = false
  private addresses = "{}"
  private start = NO_START

  constructor(readonly references: References) {}

  /** Reads the text of a tail; one that is `whole` gets nothing added. */
  read(text: string, whole: boolean): TailDrawing {
    const wasInFence = this.inFence
    const shown = whole ? text : text.slice(0, settledLength(text, this.inFence))
    const drawing = this.readShown(shown, whole)
    if (wasInFence && !this.inFence) return this.read(text, whole) // the fence ended: its rules for the last line, too
    return shown.length < text.length ? { ...drawing, grows: "no" } : drawing
  }

  private readShown(shown: string, whole: boolean): TailDrawing {
    const references: References = { ...this.references }
    const tokens = parseBlocks(shown, references)
    this.follow(references)
    const last = whole ? undefined : openRun(tokens, shown)
    let linkToCome = false
    const known: Cache = new Map()
    const inline = (token: Token): Drawn[] => {
      const key = token === last ? `\0${token.content}` : token.content
      const found = known.get(key) ?? this.known.get(key)
      const drawn = found ?? this.readRun(token, token === last, references, (coming) => (linkToCome = coming))
      known.set(key, drawn)
      return drawn
    }
    const blocks = blocksOf(tokens, shown, inline)
    this.known = known
    this.inFence = !whole && isOpenFence(tokens.at(-1), shown)
    const grows = whole || linkToCome ? "no" : this.growth(last, tokens)
    return { blocks, lastItem: lastItemStart(tokens, shown), grows }
  }

  /** What was read with other addresses known is read again. */
  private follow(references: References): void {
    const addresses = JSON.stringify(references)
    if (addresses === this.addresses) return
    this.known.clear()
    this.start = NO_START
    this.addresses = addresses
  }

  private readRun(token: Token, open: boolean, references: References, coming: (link: boolean) => void): Drawn[] {
    if (!open) return shapesOf(parseInline(token.content, references))
    const words = token.content
    if (!this.start.words || !words.startsWith(this.start.words)) this.start = NO_START
    this.start = longerStart(this.start, words, references)
    const { tokens, linkToCome } = parseOpenInline(words.slice(this.start.words.length), references)
    coming(linkToCome)
    return joined(this.start.drawn, shapesOf(tokens))
  }

  private growth(last: Token | undefined, tokens: readonly Token[]): TailDrawing["grows"] {
    if (this.inFence) return "code"
    return last && tokens[tokens.indexOf(last) - 1]?.type === "paragraph_open" ? "words" : "no"
  }
}

/** The start with as much more of the words as is complete in itself: up to a space, with no sign left over. */
function longerStart(start: RunStart, words: string, references: References): RunStart {
  const rest = words.slice(start.words.length, -REREAD_CHARS)
  const cut = rest.search(/(?<=[\p{L}\p{N}]) [^ ]*$/u)
  if (cut < REREAD_CHARS || words.length - start.words.length < REREAD_CHARS) return start
  const more = shapesOf(parseInline(rest.slice(0, cut), references))
  if (more.some((drawn) => typeof drawn === "string" && SIGNS.test(drawn))) return start
  return { words: start.words + rest.slice(0, cut), drawn: joined(start.drawn, more) }
}

function joined(first: readonly Drawn[], then: readonly Drawn[]): Drawn[] {
  const all = [...first]
  for (const drawn of then) append(all, drawn)
  return all
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
function blocksOf(tokens: readonly Token[], text: string, inline: (token: Token) => Drawn[]): Block[] {
  const starts = lineStarts(text)
  const blocks: Block[] = []
  let first = 0
  tokens.forEach((token, i) => {
    if (token.level > 0 || token.nesting > 0) return
    const lines = tokens[first]!.map ?? [0, 0]
    const [shape] = shapesOf(tokens.slice(first, i + 1), inline)
    const [from, to] = [starts[lines[0]] ?? text.length, starts[lines[1]] ?? text.length]
    blocks.push({ from, to, shape, defines: token.type === "reference_definition" })
    first = i + 1
  })
  return blocks
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
  return starts
}

function lastItemStart(tokens: readonly Token[], text: string): number {
  if (!tokens.at(-1)?.type.endsWith("_list_close") || tokens.at(-1)!.level > 0) return 0
  const item = tokens.findLast((token) => token.type === "list_item_open" && token.level === 1)
  return lineStarts(text)[item?.map?.[0] ?? 0] ?? 0
}

/** Whether a fence at the top of the tail waits for its end. */
function isOpenFence(token: Token | undefined, text: string): boolean {
  if (token?.type !== "fence") return false
  const lines = text.replace(/\n$/, "").split("\n")
  const last = lines.length - 1 > token.map![0] ? lines.at(-1)!.trim() : ""
  return !(last.startsWith(token.markup) && last.replaceAll(token.markup[0]!, "") === "")
}
