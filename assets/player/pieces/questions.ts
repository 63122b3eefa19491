/** Questions: what a prototype asks a person, as rows to pick, next questions, a plan or a brief. */
import forward from "lucide-static/icons/corner-down-right.svg"
import { freshId, h, iconElement } from "../dom"
import { say } from "../phrases"
import type { EventData } from "../events"
import { briefForm } from "./brief"
import { assumedRows } from "./grounds"
import { bulletList } from "./notices"
import { planForm } from "./plan"

/** A step of a plan as a person left it, and which it was before. */
export interface ApprovedStep {
  readonly name: string
  readonly was: string
}

/** What a person picked. */
export interface Pick {
  readonly option: string
  readonly shown?: string // how that is told in short
  readonly along?: string // the option whose prepared branch serves as well
  readonly steps?: readonly ApprovedStep[]
}

export type Chosen = (pick: Pick, group: HTMLElement, pressed: HTMLElement | null) => void

/** A question with its answers to pick. `chosen` gets what was picked, and the button that was pressed. */
export function questionView(words: string, data: EventData["question"], chosen: Chosen): HTMLElement {
  const id = freshId("question")
  const title = h("p", { id, dir: "auto" }, words)
  if (data.form === "plan") return planForm(title, data, chosen)
  if (data.form === "brief") return briefForm(title, data, chosen)
  const next = data.form === "next"
  const group = h("div", { class: "options", role: "group", "aria-labelledby": id })
  const { options = [], items = [] } = data
  const buttons = options.map((option, i) => optionButton(option, next ? null : i + 1, group, chosen))
  const corrects = !next && !data.instead && items.length > 0 && items.length === options.length // one for each line
  group.append(...(corrects ? assumedRows(items, buttons) : buttons))
  if (data.other) group.append(ownWords(next ? say("Ask something else") : say("Something else"), group, chosen))
  if (!next) group.addEventListener("keydown", pressByNumber)
  return h("div", { class: `question ${next ? "next" : "pick"}` }, title, !corrects && bulletList(items), group)
}

function optionButton(option: string, number: number | null, group: HTMLElement, chosen: Chosen): HTMLElement {
  const sign =
    number === null
      ? h("span", { class: "lead", "aria-hidden": "true" }, iconElement(forward))
      : number < 10 && h("kbd", { class: "lead", "aria-hidden": "true" }, String(number))
  const button = h(
    "button",
    {
      type: "button",
      class: "chip",
      "aria-keyshortcuts": number !== null && number < 10 ? String(number) : null,
      onclick: () => chosen({ option }, group, button),
    },
    sign,
    h("span", { dir: "auto" }, option),
  )
  return button
}

/** The keys 1 to 9 press the options of the group in which the focus is. */
function pressByNumber(event: KeyboardEvent): void {
  const group = event.currentTarget as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return
  if ((event.target as HTMLElement).matches("input, textarea")) return
  const button = group.querySelectorAll<HTMLButtonElement>(":scope > .chip, .assumed > .chip")[Number(event.key) - 1]
  if (!button) return
  event.preventDefault()
  button.click()
}

/** "Something else": a row that becomes a small field. */
export function ownWords(label: string, group: HTMLElement, chosen: Chosen): HTMLElement {
  const field = h("input", { type: "text", "aria-label": label, maxlength: 400, dir: "auto", placeholder: label })
  const form = h(
    "form",
    {
      class: "other",
      hidden: true,
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault()
        if (field.value.trim()) chosen({ option: field.value.trim() }, group, null)
      },
    },
    field,
    h("button", { type: "submit", class: "small" }, say("Send")),
  )
  const opener = h(
    "button",
    {
      type: "button",
      class: "chip own",
      onclick: () => {
        opener.hidden = true
        form.hidden = false
        field.focus()
      },
    },
    label,
  )
  return h("span", { class: "otherwise" }, opener, form)
}

/** What was decided, in the place of its question; `change` opens the question again. */
export function decisionLine(question: string, shown: string, change: () => void): HTMLElement {
  return h(
    "div",
    { class: "decision" },
    h("span", { class: "asked", dir: "auto" }, question),
    h("span", { class: "decided", dir: "auto" }, shown),
    h(
      "button",
      { type: "button", class: "small", onclick: change, "aria-label": say("Change: {0}", shown) },
      say("Change"),
    ),
  )
}
