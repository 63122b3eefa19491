/** Prose: a study's own text: paragraphs, line breaks and **bold**, and never anything else. */
import { h } from "../../player/dom"

/** The paragraphs of a text; each reads in the direction of its own words. */
export const prose = (text: string): HTMLElement =>
  h("div", { class: "prose" }, ...paragraphs(text).map((words) => h("p", { dir: "auto" }, ...inline(words))))

/** The text in one line of elements. */
export const inline = (text: string): (Node | string)[] =>
  text.split(/(\*\*[^*\n]+\*\*|\n)/).map((part) => {
    if (part === "\n") return h("br")
    return /^\*\*[^*]+\*\*$/.test(part) ? h("strong", {}, part.slice(2, -2)) : part
  })

const paragraphs = (text: string): string[] =>
  text
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/)
    .map((words) => words.trim())
    .filter(Boolean)
