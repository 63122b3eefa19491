/** Marks: phrases of an answer that stand out, and the numbers of its sources, found in what is drawn. */
import { fresh, h } from "./dom"
import { text, type Data } from "./protocol"

const LEVELS = ["low", "medium"]
const PALETTES = ["amber", "underline", "grey"]

/** Marks the nth occurrence of a phrase, and says to a screen reader why. */
export function mark(roots: readonly HTMLElement[], phrase: string, data: Data): void {
  const level = LEVELS.includes(text(data.level)) ? text(data.level) : "low"
  const palette = PALETTES.includes(text(data.palette)) ? text(data.palette) : "amber"
  const parts = found(roots, phrase, Number(data.nth) || 0)
  parts.forEach((part, i) => {
    const marked = h("mark", { class: `${level} ${palette}`, title: text(data.title) || null })
    part.replaceWith(marked)
    marked.append(part)
    if (text(data.title) && i === parts.length - 1) marked.append(h("span", { class: "unseen" }, ` (${text(data.title)})`))
  })
}

/** A source below the answer, and its number behind what it is about. */
export function source(roots: readonly HTMLElement[], place: HTMLElement, title: string, data: Data): void {
  const number = String(Number(data.n) || place.querySelectorAll("li").length + 1)
  const id = fresh("source")
  const detail = text(data.detail)
  const item = h("li", { id, tabindex: -1, dir: "auto" }, h("span", { class: "num" }, number), h("strong", {}, title), detail && ` ${detail}`)
  place.append(item)
  const claimed = text(data.claim) ? found(roots, text(data.claim), Number(data.nth) || 0).at(-1) : undefined
  if (!claimed) return
  const tip = data.preview !== false && h("span", { class: "tip", role: "tooltip" }, h("strong", {}, title), detail && ` ${detail}`)
  claimed.after(h("sup", { class: "cite" }, "\u2060", h("button", { type: "button", "aria-label": `Source ${number}: ${title}`, onclick: () => {
    item.scrollIntoView?.({ block: "nearest" })
    item.focus({ preventScroll: true })
  } }, number), tip))
}

/** The text nodes that together are the nth occurrence of a phrase, cut out of their neighbours. */
function found(roots: readonly HTMLElement[], phrase: string, nth: number): Text[] {
  const nodes = roots.flatMap((root) => texts(root))
  const whole = nodes.map((node) => node.data).join("")
  let start = -1
  for (let n = 0; n <= nth; n++) {
    start = phrase ? whole.indexOf(phrase, start + 1) : -1
    if (start < 0) return []
  }
  const end = start + phrase.length
  const parts: Text[] = []
  let at = 0
  for (const node of nodes) {
    const from = Math.max(0, start - at)
    const to = Math.min(node.length, end - at)
    at += node.length
    if (from >= to) continue
    const part = from ? node.splitText(from) : node
    if (to - from < part.length) part.splitText(to - from)
    parts.push(part)
  }
  return parts
}

/** The text nodes below a root in order, without the numbers and notes that were put there. */
function texts(root: Node): Text[] {
  return [...root.childNodes].flatMap((node) => {
    if (node.nodeType === 3) return [node as Text]
    return node instanceof Element && !node.matches(".unseen, .cite") ? texts(node) : []
  })
}
