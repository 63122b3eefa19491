/** Plan: the steps of what would be done, to be changed, put in another order, left out, and run. */
import down from "lucide-static/icons/arrow-down.svg"
import up from "lucide-static/icons/arrow-up.svg"
import { h, iconElement, setText } from "../dom"
import { say } from "../phrases"
import type { EventData } from "../events"
import type { ApprovedStep, Chosen } from "./questions"

const CHANGED = "Go ahead with this plan:" // before the steps of a plan that was changed
const MAX_STEP_CHARS = 120

/** The plan under its question: the first option runs it, the others leave it. */
export function planForm(title: HTMLElement, data: EventData["question"], chosen: Chosen): HTMLElement {
  const [go = "Go ahead", ...others] = data.options ?? []
  const planned = data.items ?? []
  const list = h("ol", { class: "steps", "aria-label": "Steps of the plan" })
  const count = h("span", { class: "beside num", role: "status" })
  const update = (): void => {
    const rows = [...list.children] as HTMLElement[]
    const kept = rows.filter(isKept)
    rows.forEach((row, i) => {
      row.querySelector<HTMLButtonElement>(".up")!.disabled = i === 0
      row.querySelector<HTMLButtonElement>(".down")!.disabled = i === rows.length - 1
    })
    setText(count, kept.length === rows.length ? `${rows.length} steps` : `${kept.length} of ${rows.length} steps`)
    run.disabled = !kept.length
  }
  const group = h("div", { class: "acts" })
  const run = h(
    "button",
    { type: "button", class: "small main", onclick: () => chosen(approvedPlan(go, planned, stepsIn(list)), view, run) },
    data.labels?.[go] ?? go,
  )
  for (const step of planned) list.append(stepRow(step, update))
  group.append(run)
  for (const option of others) {
    const button = h(
      "button",
      { type: "button", class: "small", onclick: () => chosen({ option }, view, button) },
      data.labels?.[option] ?? option,
    )
    group.append(button)
  }
  const view = h("div", { class: "question plan" }, h("div", { class: "head" }, title, count), list, group)
  update()
  return view
}

/** What is picked: the option itself where nothing was changed, else the plan as it is now. */
function approvedPlan(go: string, planned: readonly string[], steps: readonly ApprovedStep[]) {
  const same = steps.length === planned.length && steps.every(({ name }, i) => name === planned[i])
  const told = same ? `${steps.length} steps` : `${steps.length} of ${planned.length} steps, changed`
  if (same) return { option: go, shown: told, steps }
  return { option: [CHANGED, ...steps.map(({ name }) => name)].join("\n"), shown: told, along: go, steps }
}

function stepRow(step: string, update: () => void): HTMLElement {
  const field = h("textarea", {
    class: "what",
    rows: 1,
    maxlength: MAX_STEP_CHARS,
    dir: "auto",
    "aria-label": say("Step: {0}", step),
    "aria-description": say("Alt and an arrow key put it in another place."),
    oninput: update,
    onkeydown: (event: KeyboardEvent) => event.key === "Enter" && event.preventDefault(),
  })
  field.value = step
  const box = h("input", {
    type: "checkbox",
    checked: true,
    "aria-label": say("Do this step: {0}", step),
    onchange: () => {
      row.classList.toggle("left", !box.checked)
      update()
    },
  })
  const row = h("li", { "data-was": step }, box, field)
  for (const by of [-1, 1] as const) row.append(moveButton(row, step, by, update))
  row.addEventListener("keydown", (event) => {
    const by = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined
    if (!by) return
    event.preventDefault()
    const focused = event.target as HTMLElement
    moveRow(row, by, update)
    focused.focus()
  })
  return row
}

function moveButton(row: HTMLElement, step: string, by: -1 | 1, update: () => void): HTMLButtonElement {
  const button = h(
    "button",
    {
      type: "button",
      class: by < 0 ? "move up" : "move down",
      "aria-label": by < 0 ? say("Earlier: {0}", step) : say("Later: {0}", step),
      onclick: () => {
        moveRow(row, by, update)
        const stays = button.disabled ? row.querySelector<HTMLElement>(".move:not(:disabled)") : button
        stays?.focus()
      },
    },
    iconElement(by < 0 ? up : down),
  )
  return button
}

function moveRow(row: HTMLElement, by: -1 | 1, update: () => void): void {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling
  if (!other) return
  if (by < 0) other.before(row)
  else other.after(row)
  update()
}

const isKept = (row: HTMLElement): boolean =>
  row.querySelector<HTMLInputElement>("input[type=checkbox]")!.checked &&
  !!row.querySelector<HTMLTextAreaElement>(".what")!.value.replace(/\s+/g, " ").trim()

const stepsIn = (list: HTMLElement): ApprovedStep[] =>
  ([...list.children] as HTMLElement[])
    .filter(isKept)
    .map((row) => ({
      name: row.querySelector<HTMLTextAreaElement>(".what")!.value.replace(/\s+/g, " ").trim(),
      was: row.dataset.was ?? "",
    }))
