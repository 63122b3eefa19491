/** Markdown while it streams, drawn as elements one by one: no HTML of the model's is ever read as HTML. */
import createDOMPurify from "dompurify"
import * as smd from "streaming-markdown"

const SAFE = new Set(["http:", "https:", "mailto:"])
const TAGS: Partial<Record<smd.Token, keyof HTMLElementTagNameMap>> = {
  [smd.BLOCKQUOTE]: "blockquote",
  [smd.PARAGRAPH]: "p",
  [smd.LINE_BREAK]: "br",
  [smd.RULE]: "hr",
  // The page and the pane hold the first two levels of headings.
  [smd.HEADING_1]: "h3",
  [smd.HEADING_2]: "h4",
  [smd.HEADING_3]: "h5",
  [smd.HEADING_4]: "h6",
  [smd.HEADING_5]: "h6",
  [smd.HEADING_6]: "h6",
  [smd.ITALIC_AST]: "em",
  [smd.ITALIC_UND]: "em",
  [smd.STRONG_AST]: "strong",
  [smd.STRONG_UND]: "strong",
  [smd.STRIKE]: "s",
  [smd.CODE_INLINE]: "code",
  [smd.RAW_URL]: "a",
  [smd.LINK]: "a",
  [smd.IMAGE]: "span",
  [smd.LIST_UNORDERED]: "ul",
  [smd.LIST_ORDERED]: "ol",
  [smd.LIST_ITEM]: "li",
  [smd.CHECKBOX]: "span",
  [smd.CODE_BLOCK]: "pre",
  [smd.CODE_FENCE]: "pre",
  [smd.TABLE]: "table",
  [smd.TABLE_ROW]: "tr",
  [smd.TABLE_CELL]: "td",
  [smd.EQUATION_BLOCK]: "pre",
  [smd.EQUATION_INLINE]: "code",
}

/** The address if a person may be sent there, else null. */
export function safeAddress(address: string): string | null {
  try {
    const url = new URL(address)
    return SAFE.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

const PLAIN = /^[^*_`~[\]!$\\<>|#&:/\n]{1,4}$/

interface Drawing {
  stack: Element[]
}

function open(drawing: Drawing, type: smd.Token): void {
  if (type === smd.DOCUMENT) return
  const parent = drawing.stack.at(-1)!
  const tag =
    type === smd.TABLE_CELL && parent.parentElement?.firstElementChild === parent ? "th" : (TAGS[type] ?? "span")
  const element = document.createElement(tag)
  if (type === smd.IMAGE) element.className = "picture"
  if (type === smd.CHECKBOX) element.textContent = "☐ "
  parent.append(element)
  drawing.stack.push(element)
}

function write(drawing: Drawing, words: string): void {
  const parent = drawing.stack.at(-1)!
  const last = parent.lastChild
  if (last?.nodeType === 3) (last as Text).appendData(words)
  else parent.append(words)
}

function attribute(drawing: Drawing, type: smd.Attr, value: string): void {
  const element = drawing.stack.at(-1)!
  if (type === smd.HREF && element.tagName === "A") {
    const address = safeAddress(value)
    if (address === null) return
    element.setAttribute("href", address)
    element.setAttribute("target", "_blank")
    element.setAttribute("rel", "noopener noreferrer")
  } else if (type === smd.START && /^\d{1,9}$/.test(value)) element.setAttribute("start", value)
  else if (type === smd.CHECKED) element.textContent = "☑ "
}

/** Words of an answer drawn into `root` as they come. */
export class Markdown {
  source = ""
  private parser: smd.Parser
  private drawing: Drawing = { stack: [] }
  private ended = false
  private readonly tail = document.createTextNode("")

  constructor(readonly root: HTMLElement) {
    this.parser = this.begun()
  }

  /** Appends words. */
  add(words: string): void {
    this.source += words
    this.tail.remove()
    smd.parser_write(this.parser, words)
    this.showTail()
  }

  /** Replaces all words; words that only grew are appended. */
  revise(words: string): void {
    if (words.startsWith(this.source)) return this.add(words.slice(this.source.length))
    this.tail.remove()
    this.root.replaceChildren()
    this.parser = this.begun()
    this.source = ""
    this.add(words)
  }

  /** Ends the drawing; the result is checked once more by the sanitiser. */
  end(): void {
    if (this.ended) return // what was put into it since, such as a mark, is no model's
    this.ended = true
    this.tail.remove()
    smd.parser_end(this.parser)
    sanitise(this.root)
  }

  /** Opens an ended drawing again, so that words can be appended where it stopped. */
  reopen(): void {
    const words = this.source
    this.source = "\0"
    this.revise(words)
  }

  /** The parser holds its last letter back until it knows what follows; a person must see it at once. */
  private showTail(): void {
    const { pending } = this.parser
    if (this.drawing.stack.length < 2 || !PLAIN.test(pending)) return
    this.tail.data = pending
    this.drawing.stack.at(-1)!.append(this.tail)
  }

  private begun(): smd.Parser {
    const data: Drawing = { stack: [this.root] }
    this.drawing = data
    this.ended = false
    return smd.parser({
      data,
      add_token: open,
      end_token: (d: Drawing) => void (d.stack.length > 1 && d.stack.pop()),
      add_text: write,
      set_attr: attribute,
    })
  }
}

const ALLOWED = [...new Set(Object.values(TAGS)), "th", "div", "tbody"]
let purify: ReturnType<typeof createDOMPurify> | undefined

/** A second lock on the same door: takes out whatever the renderer should never have drawn. */
export function sanitise(root: HTMLElement): void {
  purify ??= createDOMPurify(window)
  if (purify.isSupported)
    purify.sanitize(root, {
      IN_PLACE: true,
      ALLOWED_TAGS: ALLOWED,
      ALLOWED_ATTR: ["href", "target", "rel", "start", "class", "dir", "lang"],
    })
}
