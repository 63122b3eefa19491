/** Notices: a whole page that says one thing: that a study is closed, that it went wrong, that it is over. */
import { h } from "../../player/dom"
import type { Problem } from "../../player/protocol"
import type { Words } from "../words"
import { reloadButton } from "./frame"
import { prose } from "./prose"

/** A step's heading, which takes the focus when the step comes. */
export const heading = (text: string): HTMLElement => h("h1", { tabindex: -1, dir: "auto" }, text)

/** Shows a title, texts and what can be pressed, and gives the title the focus. */
export function showNotice(place: HTMLElement, title: string, ...parts: (Node | string | false)[]): void {
  const top = heading(title)
  const shown = parts.map((part) => (typeof part === "string" ? (part ? prose(part) : false) : part))
  place.replaceChildren(h("section", { class: "step notice" }, top, ...shown))
  scrollTo(0, 0)
  top.focus({ preventScroll: true })
}

/** Something went wrong: what was saved, and how to go on. `saved` answers are on the server or in the outbox. */
export function showProblem(place: HTMLElement, words: Words, saved: number | null, problem: Problem | null): void {
  const kept = saved === null ? "" : saved ? words.count("problem_saved", saved) : words.say("problem_none")
  const told = words.language.startsWith("en") ? problem : null // the server's own words are English
  const title = told?.what ?? words.say("problem_title")
  const lines = [told?.kept ?? kept, told?.do ?? words.say("problem_do")].filter(Boolean)
  showNotice(place, title, lines.join("\n\n"), reloadButton(words))
}
