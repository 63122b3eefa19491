/** Plain: a line of an answer as a person reads it, without the signs of its Markdown. */
import { h } from "../dom"
import { Markdown } from "./markdown"

/** The words of a line; dots stand where the lines of a list began. */
export function plainWords(line: string): string {
  const drawing = new Markdown(h("div", {}))
  drawing.add(line)
  drawing.end()
  return (drawing.root.textContent ?? "").replace(/ - (?=\S)/g, " · ").trim()
}
