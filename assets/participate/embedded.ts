/** Embedded: a study inside a frame of another page, such as a survey, tells that page when it is over. */
import type { End } from "./protocol"

/** Whether this page stands in a frame of another one. */
export const isEmbedded = (): boolean => window.parent !== window

/** Tells the page around that the study is over: its code and its id, and nothing about the person. */
export function tellParent({ code }: End, study: string, origin: string): void {
  if (!isEmbedded()) return
  try {
    window.parent.postMessage({ parallax: "done", code, study }, origin || "*")
  } catch {
    // The origin is none: the page has the code on it.
  }
}
