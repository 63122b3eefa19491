/** Memory: the question that is being answered, kept in this tab so that a page that is left gives it back. */

const KEY = "parallax-asked"

/** Keeps a question until it is answered; null forgets it. */
export function remember(question: string | null): void {
  try {
    if (question === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, question)
  } catch {
    return // a browser that keeps nothing: the question is lost with the page
  }
}

/** The question whose answer was not complete when the page was left, once; "" where there is none. */
export function recall(): string {
  try {
    const question = sessionStorage.getItem(KEY) ?? ""
    remember(null)
    return question
  } catch {
    return ""
  }
}
