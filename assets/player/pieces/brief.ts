/** Brief: the request as it was understood, part by part, to be confirmed or corrected in place. */
import { h, setText } from "../dom"
import { say } from "../phrases"
import type { EventData } from "../events"
import { ownWords, type Chosen } from "./questions"

const CHANGED = "Change this:" // before the parts that were corrected
const MAX_PART_CHARS = 160

/** The brief under its question: one button confirms it, and says so where parts of it were corrected. */
export function briefForm(title: HTMLElement, data: EventData["question"], chosen: Chosen): HTMLElement {
  const [looksRight = "Looks right"] = data.options ?? []
  const fields = Object.entries(data.brief ?? {}).map(([part, taken]) => ({
    part,
    taken,
    field: partField(part, taken),
  }))
  const changes = () => fields.filter(({ taken, field }) => field.value.trim() && field.value.trim() !== taken)
  const send = h(
    "button",
    {
      type: "button",
      class: "small main",
      onclick: () => {
        const changed = changes().map(({ part, field }) => `${part}: ${field.value.trim()}`)
        const pick = changed.length
          ? { option: `${CHANGED} ${changed.join("; ")}`, shown: changed.join(" · "), along: looksRight }
          : { option: looksRight }
        chosen(pick, view, send)
      },
    },
    looksRight,
  )
  const update = (): void => {
    for (const { taken, field } of fields)
      field.closest(".part")!.classList.toggle("changed", !!field.value.trim() && field.value.trim() !== taken)
    setText(send, changes().length ? say("Use my changes") : looksRight)
  }
  const parts = h("div", { class: "brief" }, ...fields.map(({ part, field }) => partRow(part, field)))
  parts.addEventListener("input", update)
  const group = h("div", { class: "acts" }, send)
  const view = h("div", { class: "question understood" }, title, parts, group)
  if (data.other) group.append(ownWords(say("Something else"), view, chosen))
  return view
}

function partField(part: string, taken: string): HTMLTextAreaElement {
  const onkeydown = (event: KeyboardEvent): void => void (event.key === "Enter" && event.preventDefault())
  const field = h("textarea", { rows: 1, maxlength: MAX_PART_CHARS, dir: "auto", "aria-label": part, onkeydown })
  field.value = taken
  return field
}

const partRow = (part: string, field: HTMLTextAreaElement): HTMLElement =>
  h("label", { class: "part" }, h("span", { dir: "auto", "aria-hidden": "true" }, part), field)
