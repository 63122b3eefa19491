/** Reading: what of a turn can be read, and which of its controls can be pressed. */
import { setAttribute } from "../dom"
import type { EventData } from "../events"

const CUT_REASONS: readonly EventData["end"]["reason"][] = ["length", "filter", "stopped"]

/** Whether an answer that ended so was cut before its own end. */
export const wasCut = ({ reason }: EventData["end"]): boolean => CUT_REASONS.includes(reason)

/** Everything that can be read in a turn, without its buttons and its signs of waiting. */
export function readableWords(root: HTMLElement): string {
  const parts = [...root.children].filter((part) => !part.classList.contains("status"))
  return parts
    .map((part) =>
      [...part.childNodes]
        .filter(isReadable)
        .map((node) => node.textContent ?? "")
        .join(" "),
    )
    .map((words) => words.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join(" ")
}

/** All that can be pressed in a group, or none of it; what can be pressed again is pressed no more. */
export function setDisabled(group: Element, now: boolean): void {
  for (const control of group.querySelectorAll("button, input, textarea")) {
    setAttribute(control, "disabled", now)
    if (!now) setAttribute(control, "aria-pressed", null)
  }
}

const isReadable = (node: Node): boolean =>
  !(node instanceof Element) || !node.matches(".options, .acts, .bars, button, .steps, .brief")
