/** Marks: phrases of an answer that stand out, and the numbers of its sources, found in what is drawn. */
import { h } from "../dom"
import type { EventData } from "../events"
import type { Markdown } from "../markdown/markdown"
import { sourceCard, sourceNumber } from "./sources"

/** Marks the nth occurrence of a phrase, and says to a screen reader why. */
export function markPhrase(answers: readonly Markdown[], phrase: string, data: EventData["mark"]): void {
  const { level = "low", palette = "amber", nth = 0, title } = data
  const parts = cutOutPhrase(answers, phrase, nth)
  parts.forEach((part, i) => {
    const marked = h("mark", { class: `${level} ${palette}`, title: title || null })
    part.replaceWith(marked)
    marked.append(part)
    if (title && i === parts.length - 1) marked.append(h("span", { class: "unseen" }, ` (${title})`))
  })
}

/** A source as a card below the answer, and its number behind the words that it bears out. */
export function addSource(
  answers: readonly Markdown[],
  place: HTMLElement,
  title: string,
  data: EventData["source"],
): void {
  const { claim, nth = 0 } = data
  const number = String(data.n || place.querySelectorAll("li").length + 1)
  const claimed = claim ? cutOutPhrase(answers, claim, nth).at(-1) : undefined
  const card = sourceCard(title, data, claimed ? number : null)
  place.append(card)
  claimed?.after(sourceNumber(title, data, number, card))
}

/** The text nodes that together show the nth occurrence of a phrase, cut out of their neighbours. */
function cutOutPhrase(answers: readonly Markdown[], phrase: string, nth: number): Text[] {
  const source = answers.map((answer) => answer.source).join("")
  const start = nthIndex(source, phrase, nth)
  if (start >= 0) {
    let before = 0
    return answers.flatMap((answer) => {
      const [from, to] = [start - before, start + phrase.length - before]
      const length = answer.source.length
      before += length
      if (to <= 0 || from >= length) return []
      const span = answer.findDrawn(Math.max(0, from), Math.min(length, to))
      return span ? cutOut(textNodes(answer.root), ...span) : []
    })
  }
  const nodes = answers.flatMap((answer) => textNodes(answer.root)) // a phrase as it is read, without its signs
  const shown = nthIndex(nodes.map((node) => node.data).join(""), phrase, nth)
  return shown < 0 ? [] : cutOut(nodes, shown, shown + phrase.length)
}

function nthIndex(text: string, phrase: string, nth: number): number {
  let start = -1
  for (let n = 0; n <= nth; n++) {
    start = phrase ? text.indexOf(phrase, start + 1) : -1
    if (start < 0) return -1
  }
  return start
}

/** The letters from `start` to `end` of some text nodes, cut out of their neighbours. */
function cutOut(nodes: readonly Text[], start: number, end: number): Text[] {
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
