/** Shapes: what is to stand on the page, made from the parser's tokens, and the elements made and mended after it. */
import { setAttribute } from "../dom"
import { linkAttributes, safeAddress } from "./links"
import type { Token } from "./grammar"

/** An element to be drawn; words are strings. Its children are the element's last; others before are complete. */
export interface Shape {
  readonly tag: keyof HTMLElementTagNameMap
  attributes: Readonly<Record<string, string>>
  children: Drawn[]
}
export type Drawn = string | Shape

// One object each, so that what stays alike is seen at once.
const NO_ATTRIBUTES = {}
const CODE_ATTRIBUTES = { dir: "ltr" }
const SIDES: Record<string, Shape["attributes"]> = { right: { class: "right" }, center: { class: "center" } }
/** The page and the pane hold the first two levels of headings. */
const HEADINGS: Record<string, Shape["tag"]> = { h1: "h3", h2: "h4", h3: "h5", h4: "h6", h5: "h6", h6: "h6" }
const TAGS: Record<string, Shape["tag"]> = {
  paragraph_open: "p",
  blockquote_open: "blockquote",
  bullet_list_open: "ul",
  ordered_list_open: "ol",
  list_item_open: "li",
  table_open: "table",
  tr_open: "tr",
  th_open: "th",
  td_open: "td",
  em_open: "em",
  strong_open: "strong",
  s_open: "s",
  link_open: "a",
}
/** Every element and every attribute that an answer is drawn with. */
export const ANSWER_TAGS: ReadonlySet<string> = new Set(
  [...Object.values(TAGS), ...Object.values(HEADINGS)].concat(["hr", "br", "code", "pre", "span"]),
)
export const ANSWER_ATTRIBUTES: ReadonlySet<string> = new Set(
  ["href", "target", "rel", "data-goal", "class", "start", "dir"], //
)
const BOX = /^\[([ xX])\][ \n]/ // at the beginning of an item: a task, done or not

export const makeShape = (
  tag: Shape["tag"],
  children: Drawn[] = [],
  attributes: Shape["attributes"] = NO_ATTRIBUTES,
): Shape => ({ tag, attributes, children })

/** The shapes of a run of words, which stand in `holder`. */
export type Inline = (token: Token, holder: Shape) => Drawn[]

/** The shapes of a list of tokens; `inline` gives those of a run of words. */
export function shapesOf(tokens: readonly Token[], inline: Inline = () => []): Drawn[] {
  const stack: Shape[] = [makeShape("div")]
  for (const token of tokens) {
    const parent = stack.at(-1)!
    if (token.type === "inline") parent.children.push(...inline(token, parent))
    else if (token.nesting > 0) openShape(stack, parent, token)
    else if (token.nesting < 0) closeShape(stack, token)
    else for (const drawn of leafShapes(token)) append(parent.children, drawn)
  }
  return stack[0]!.children
}

const isDrawn = (token: Token): boolean => !/^t(head|body)_/.test(token.type)

function openShape(stack: Shape[], parent: Shape, token: Token): void {
  if (!isDrawn(token)) return
  const shape = makeShape(TAGS[token.type] ?? HEADINGS[token.tag] ?? "span", [], attributesOf(token))
  parent.children.push(shape)
  stack.push(shape)
}

function closeShape(stack: Shape[], token: Token): void {
  if (!isDrawn(token) || stack.length < 2) return
  const closed = stack.pop()!
  if (closed.tag === "a") closed.attributes = linkAttributes(closed.attributes.href ?? "", lettersOf(closed.children))
  if (closed.tag === "li") drawBox(closed)
}

function attributesOf(token: Token): Shape["attributes"] {
  if (token.type === "link_open") return { href: String(token.attrGet("href") ?? "") }
  if (token.type === "ordered_list_open" && token.attrGet("start") !== null)
    return { start: String(token.attrGet("start")) }
  const side = /^t[hd]_open$/.test(token.type) && /(right|center)$/.exec(String(token.attrGet("style") ?? ""))?.[1]
  return side ? SIDES[side]! : NO_ATTRIBUTES
}

function leafShapes(token: Token): Drawn[] {
  switch (token.type) {
    case "text":
      return token.content ? [token.content] : []
    case "softbreak":
    case "hardbreak":
      return [makeShape("br"), "\n"]
    case "code_inline":
      return [makeShape("code", [token.content], CODE_ATTRIBUTES)]
    case "fence":
    case "code_block":
      return [makeShape("pre", [token.content.replace(/\n$/, "")].filter(Boolean), CODE_ATTRIBUTES)]
    case "hr":
      return [makeShape("hr")]
    case "image":
      return [makeShape("span", [lettersOf(shapesOf(token.children ?? []))].filter(Boolean), { class: "picture" })]
    default:
      return []
  }
}

/** An item that begins with [ ] or [x] shows a box in its place. */
function drawBox(item: Shape): void {
  const first = item.children[0]
  if (typeof first !== "object" || first.tag !== "p" || typeof first.children[0] !== "string") return
  const box = BOX.exec(first.children[0])
  if (!box) return
  const words = first.children[0].slice(box[0].length)
  const sign = makeShape("span", [box[1] === " " ? "☐ " : "☑ "])
  item.children[0] = { ...first, children: [sign, ...(words ? [words] : []), ...first.children.slice(1)] }
}

/** Adds a shape; words that stand side by side are one. */
export function append(children: Drawn[], drawn: Drawn): void {
  const last = children.at(-1)
  if (typeof drawn === "string" && typeof last === "string") children[children.length - 1] = last + drawn
  else children.push(drawn)
}

/** The letters of some shapes, one after the other. */
export const lettersOf = (shapes: readonly Drawn[]): string =>
  shapes.map((shape) => (typeof shape === "string" ? shape : lettersOf(shape.children))).join("")

/**
 * A node for one shape. All that an answer shows is made here and mended below, with no sanitiser behind it, and none
 * is needed: nothing a model says is ever parsed as HTML. Its words become text nodes; the names of elements and
 * attributes stand in this file alone and are checked once more against the lists above; and an address is let through
 * by `safeAddress`, here as where the link was read.
 */
export function nodeOf(shape: Drawn): Node {
  if (typeof shape === "string") return document.createTextNode(shape)
  const element = document.createElement(ANSWER_TAGS.has(shape.tag) ? shape.tag : "span")
  for (const name in shape.attributes) setChecked(element, name, shape.attributes[name])
  for (const child of shape.children) element.appendChild(nodeOf(child))
  return element
}

/** Sets one of the attributes that an answer may have, or takes it away where it has no value. */
function setChecked(element: Element, name: string, value: string | undefined): void {
  if (ANSWER_ATTRIBUTES.has(name)) setAttribute(element, name, name === "href" ? safeAddress(value ?? "") : value)
}

/** The last nodes in a parent, so many of them. */
export function lastNodes(parent: Node, count: number): ChildNode[] {
  const nodes: ChildNode[] = []
  for (let node = parent.lastChild; node && nodes.length < count; node = node.previousSibling) nodes.push(node)
  return nodes.reverse()
}

/** The node that shows `wanted`, which is in or among the shapes; these are the last children of the parent. */
export function findNode(parent: Node, shapes: readonly Drawn[], wanted: Shape): Node | null {
  let node = parent.lastChild
  for (let i = shapes.length - 1; i >= 0 && node; i--, node = node.previousSibling) {
    const shape = shapes[i]!
    if (typeof shape === "string") continue
    const found = shape === wanted ? node : findNode(node, shape.children, wanted)
    if (found) return found
  }
  return null
}

/** Makes the last children of `parent`, which show `before`, show `after`; touches what differs. */
export function mend(parent: Node, before: readonly Drawn[], after: readonly Drawn[]): void {
  let i = 0
  while (i < before.length && i < after.length && before[i] === after[i]) i++
  let node = i < before.length ? parent.lastChild : null // that shows before[i]
  for (let steps = before.length - 1 - i; steps > 0; steps--) node = node!.previousSibling
  for (; i < before.length && i < after.length; i++) node = mendNode(node!, before[i]!, after[i]!)
  for (; i < before.length; i++) {
    const next: ChildNode | null = node!.nextSibling
    node!.remove()
    node = next
  }
  for (; i < after.length; i++) parent.appendChild(nodeOf(after[i]!))
}

/** Mends one node, and gives the one behind it. */
function mendNode(node: ChildNode, shown: Drawn, wanted: Drawn): ChildNode | null {
  const next = node.nextSibling
  if (wanted === shown) return next
  if (typeof shown === "string" && typeof wanted === "string") mendWords(node as Text, shown, wanted)
  else if (typeof shown === "object" && typeof wanted === "object" && shown.tag === wanted.tag)
    mendElement(node as Element, shown, wanted)
  else node.replaceWith(nodeOf(wanted))
  return next
}

function mendWords(node: Text, shown: string, wanted: string): void {
  if (wanted.startsWith(shown)) node.appendData(wanted.slice(shown.length))
  else node.data = wanted
}

function mendElement(element: Element, shown: Shape, wanted: Shape): void {
  if (shown.attributes !== wanted.attributes)
    for (const name of new Set([...Object.keys(shown.attributes), ...Object.keys(wanted.attributes)]))
      setChecked(element, name, wanted.attributes[name])
  mend(element, shown.children, wanted.children)
}
