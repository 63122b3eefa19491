/** Forms: notices that look like what they are: abilities, starters, accuracy, other answers, one's own decision. */
import check from "lucide-static/icons/check.svg"
import into from "lucide-static/icons/arrow-up-right.svg"
import gauge from "lucide-static/icons/gauge.svg"
import layers from "lucide-static/icons/layers.svg"
import pin from "lucide-static/icons/pin.svg"
import cross from "lucide-static/icons/x.svg"
import { h, iconElement } from "../dom"
import type { Event, EventData } from "../events"
import { plainWords } from "../markdown/plain"
import { say } from "../phrases"
import { noticeView } from "./notices"

type Notice = EventData["notice"]
const SENTENCE = /^.*?[.!?…。！？](?=\s|$)/su
const MAX_GIST_CHARS = 220

/** The cards among these events that stand there before the person asks. */
export function welcomeCards(events: readonly Event[], fill: (question: string) => void): HTMLElement[] {
  return events.flatMap((event) => {
    const data = event.kind === "notice" ? (event.data ?? {}) : {}
    return data.before && !data.remark ? [formView(event.text ?? "", data, fill)] : []
  })
}

/** A notice of a form; one of a form that nobody knows is drawn as any other. */
export function formView(words: string, data: Notice, fill: (question: string) => void = () => {}): HTMLElement {
  if (data.form === "abilities") return abilities(words, data)
  if (data.form === "starters") return starters(words, data, fill)
  if (data.form === "accuracy") return accuracy(words, data)
  if (data.form === "others") return others(words, data)
  if (data.form === "decision") return decision(words)
  return noticeView(words, data)
}

const titled = (icon: string, words: string): HTMLElement =>
  h("p", { class: "title", dir: "auto" }, iconElement(icon), h("span", {}, words))

function abilities(words: string, { columns = [] }: Notice): HTMLElement {
  const sides = columns.map(({ title, items }, place) => {
    const icon = place === 0 && title === "Can" ? check : cross
    const lines = items.map((item) => h("li", { dir: "auto" }, iconElement(icon), h("span", {}, item)))
    return h(
      "div",
      { class: icon === check ? "can" : "cannot" },
      h("p", { class: "label" }, title),
      h("ul", {}, ...lines),
    )
  })
  return h("section", { class: "form abilities" }, h("p", { class: "title" }, words), h("div", {}, ...sides))
}

function starters(words: string, { items = [] }: Notice, fill: (question: string) => void): HTMLElement {
  const buttons = items.map((item) =>
    h("button", { type: "button", dir: "auto", onclick: () => fill(item) }, h("span", {}, item), iconElement(into)),
  )
  return h("section", { class: "form starters", "aria-label": words }, h("p", { class: "title" }, words), ...buttons)
}

function accuracy(words: string, { percent = 0 }: Notice): HTMLElement {
  const share = h("span", { class: "share", "aria-hidden": "true" }, h("i", { style: `width:${percent}%` }))
  return h("section", { class: "form accuracy" }, titled(gauge, words), share)
}

function others(words: string, { items = [] }: Notice): HTMLElement {
  const cards = items.map((item) => h("li", { dir: "auto" }, plainWords(item)))
  return h("section", { class: "form others" }, titled(layers, words), cards.length > 0 && h("ol", {}, ...cards))
}

function decision(words: string): HTMLElement {
  return h("section", { class: "form decision" }, titled(pin, words))
}

/** Sets what the answer says beside what the person said, once it is there. */
export function completeDecision(card: HTMLElement, answer: HTMLElement | undefined): void {
  card.querySelector(".says")?.remove()
  const gist = answer ? firstSentence(answer) : ""
  if (gist)
    card.append(h("p", { class: "says", dir: "auto" }, h("span", { class: "label" }, say("The answer says: ")), gist))
}

function firstSentence(answer: HTMLElement): string {
  const block = answer.querySelector("p, h3, h4, h5, h6, li") ?? answer
  const words = (block.textContent ?? "").replace(/\s+/g, " ").trim()
  const sentence = SENTENCE.exec(words)?.[0] ?? words
  return sentence.length > MAX_GIST_CHARS ? `${sentence.slice(0, MAX_GIST_CHARS)}…` : sentence
}
