/** Failure: what a person reads where an answer broke, and what they can do about it. */
import alert from "lucide-static/icons/triangle-alert.svg"
import { h, iconElement } from "../dom"
import { say } from "../phrases"
import type { EventData } from "../events"

const LABELS: Record<string, string> = { retry: "Try again", continue: "Go on from here" }

type MakeButton = (name: string, label: string) => HTMLButtonElement

/** What a developer would read of it. */
export const rawView = (words: string): HTMLElement => h("p", { class: "raw num", dir: "auto" }, words)

/** The buttons that a failure offers, false where it offers none. */
export function failureButtons({ actions = [], labels = {} }: EventData["failure"], button: MakeButton) {
  const made = actions.map((name) => button(name, labels[name] || say(LABELS[name] ?? name)))
  return made.length > 0 && h("div", { class: "acts" }, ...made)
}

/** The failure with its buttons: an alert about the answer, the assistant's own voice, or a line where it stopped. */
export function failureView(words: string, data: EventData["failure"], button: MakeButton): HTMLElement {
  const { detail, tone } = data
  return h(
    "div",
    { class: `fail ${tone ?? ""}`, dir: "auto" },
    h("p", {}, tone === "plain" && iconElement(alert), h("strong", {}, words), detail && ` ${detail}`),
    failureButtons(data, button),
  )
}
