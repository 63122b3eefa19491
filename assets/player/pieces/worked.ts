/** Worked: what is done before an answer: steps that tick with what came of them, and thoughts. */
import check from "lucide-static/icons/check.svg"
import chevron from "lucide-static/icons/chevron-right.svg"
import { h, iconElement, setText } from "../dom"
import { say } from "../phrases"
import type { EventData } from "../events"

const LEAST_TOLD_S = 1 // seconds; what took less is not said to have taken any

/** A list of steps that grows: the one before is done, and says what came of it. */
export function addStep(view: HTMLElement, words: string, result = ""): HTMLElement {
  const steps = view.querySelector("ol") ?? view.appendChild(h("ol"))
  const before = steps.querySelector<HTMLElement>("li.now")
  if (before) {
    before.classList.replace("now", "past")
    before.replaceChildren(...stepParts(before.dataset.step ?? "", before.dataset.result ?? "", true))
  }
  steps.append(h("li", { class: "now", "data-step": words, "data-result": result }, ...stepParts(words, "", false)))
  return view
}

/** What was thought last, or all of it, while it is being thought. */
export function addThought(view: HTMLElement, words: string, open: boolean): HTMLElement {
  const thoughts = view.querySelector("ol")
  if (!thoughts) {
    view.append(
      h("span", { class: "thinking" }, h("span", { class: "wheel", "aria-hidden": "true" }), "Thinking"),
      h("ol", { class: open ? "" : "last" }, h("li", { dir: "auto" }, words)),
    )
    return view
  }
  if (open) thoughts.append(h("li", { dir: "auto" }, words))
  else thoughts.replaceChildren(h("li", { dir: "auto" }, words))
  return view
}

/** What was done, folded: steps with what came of each, or thoughts. */
export function workedView(words: string, data: EventData["notice"]): HTMLElement {
  const { items = [], results = [], tone } = data
  const steps = tone === "steps"
  const list = h(
    steps ? "ol" : "ul",
    {},
    ...items.map((item, i) =>
      steps ? h("li", { class: "past" }, ...stepParts(item, results[i] ?? "", true)) : h("li", { dir: "auto" }, item),
    ),
  )
  const counted = items.length === 1 ? say("1 step") : say("{0} steps", items.length)
  const beside = steps ? [counted, durationWords(data.seconds)].filter(Boolean).join(" · ") : ""
  const title = [h("span", { dir: "auto" }, words), beside && h("span", { class: "beside num" }, beside)]
  if (!data.fold) return h("div", { class: `worked ${tone}` }, h("p", { class: "head" }, ...title), list)
  return h(
    "details",
    { class: `worked ${tone}`, open: data.fold === "open" },
    h("summary", {}, iconElement(chevron), ...title),
    list,
  )
}

function stepParts(name: string, result: string, done: boolean): HTMLElement[] {
  const sign = h("span", { class: "sign", "aria-hidden": "true" })
  if (done) sign.append(iconElement(check))
  const state = h("span", { class: "unseen" })
  setText(state, done ? say("Done: ") : say("Now: "))
  const words = h("span", { class: "what", dir: "auto" }, state, name)
  if (result) words.append(h("span", { class: "result", dir: "auto" }, result))
  return [sign, words]
}

/** Seconds as people read them: "3.2 s", "12 s"; "" for a moment. */
function durationWords(seconds: number | undefined): string {
  if (!seconds || seconds < LEAST_TOLD_S) return ""
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`
}
