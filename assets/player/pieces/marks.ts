/** Marks: phrases of an answer that stand out, and the numbers of its sources, found in what is drawn. */
import { freshId, h } from "../dom"
import type { EventData } from "../events"

/** Marks the nth occurrence of a phrase, and says to a screen reader why. */
export function markPhrase(roots: readonly HTMLElement[], phrase: string, data: EventData["mark"]): void {
  const { level = "low", palette = "amber", nth = 0, title } = data
  const parts = cutOutPhrase(roots, phrase, nth)
  parts.forEach((part, i) => {
    const marked = h("mark", { class: `${level} ${palette}`, title: title || null })
    part.replaceWith(marked)
    marked.append(part)
    if (title && i === parts.length - 1) marked.append(h("span", { class: "unseen" }, ` (${title})`))
  })
}

/** A source below the answer, and its number behind what it is about. */
export function addSource(
  roots: readonly HTMLElement[],
  place: HTMLElement,
  title: string,
  data: EventData["source"],
): void {
  const { claim, detail, nth = 0, preview = true } = data
  const number = String(data.n || place.querySelectorAll("li").length + 1)
  const words = () => [h("strong", {}, title), detail && ` ${detail}`]
  const item = h(
    "li",
    { id: freshId("source"), tabindex: -1, dir: "auto" },
    h("span", { class: "num" }, number),
    ...words(),
  )
  place.append(item)
  const claimed = claim ? cutOutPhrase(roots, claim, nth).at(-1) : undefined
  const tip = preview && h("span", { class: "tip", role: "tooltip" }, ...words())
  claimed?.after(h("sup", { class: "cite" }, "\u2060", citeButton(`Source ${number}: ${title}`, number, item), tip))
}

function citeButton(label: string, number: string, item: HTMLElement): HTMLElement {
  const onclick = (): void => {
    item.scrollIntoView?.({ block: "nearest" })
    item.focus({ preventScroll: true })
  }
  return h("button", { type: "button", "aria-label": label, onclick }, number)
}

/** The text nodes that together are the nth occurrence of a phrase, cut out of their neighbours. */
function cutOutPhrase(roots: readonly HTMLElement[], phrase: string, nth: number): Text[] {
  const nodes = roots.flatMap((root) => textNodes(root))
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
function textNodes(root: Node): Text[] {
  return [...root.childNodes].flatMap((node) => {
    if (node.nodeType === 3) return [node as Text]
    return node instanceof Element && !node.matches(".unseen, .cite") ? textNodes(node) : []
  })
}
