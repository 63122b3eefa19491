/** Memory: the question that is being answered, kept in this tab so that a page that is left gives it back. */
import type { Problem } from "../protocol"

/** What is said on a page that gives a question back. */
export const LEFT_PROBLEM: Problem = {
  what: "The page was left before the answer was complete.",
  kept: "What had come of it is kept, and your question is back in the box.",
  do: "Ask again to get the whole answer.",
}

const KEY = "parallax-asked"

/** Keeps a question until it is answered; null forgets it. */
export function keepQuestion(question: string | null): void {
  try {
    if (question === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, question)
  } catch {
    return // a browser that keeps nothing: the question is lost with the page
  }
}

/** The question whose answer was not complete when the page was left, once; "" where there is none. */
export function takeQuestion(): string {
  try {
    const question = sessionStorage.getItem(KEY) ?? ""
    keepQuestion(null)
    return question
  } catch {
    return ""
  }
}
