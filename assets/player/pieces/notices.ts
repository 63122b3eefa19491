/** Notices: what stands beside the answer: a line, a card with lists or columns, something to unfold, a question. */
import { freshId, h } from "../dom"
import type { Column, EventData } from "../events"

/** Lines as a list; nothing where there are none. */
export const bulletList = (lines: readonly string[] = []): HTMLElement | false => {
  return lines.length > 0 && h("ul", {}, ...lines.map((line) => h("li", { dir: "auto" }, line)))
}

/** Where words come from that are not the answer's. */
export const originLine = (origin: string | undefined): HTMLElement | false =>
  !!origin && h("p", { class: "origin" }, origin)

/** A notice as its data want it. */
export function noticeView(words: string, data: EventData["notice"]): HTMLElement {
  const tone = data.tone ?? "info"
  const inner = [columns(data.columns), bulletList(data.items), originLine(data.origin)]
  if (!inner.some(Boolean)) return h("p", { class: `notice ${tone}`, dir: "auto" }, words)
  if (data.fold === "open" || data.fold === "closed")
    return h(
      "details",
      { class: `notice fold ${tone}`, dir: "auto", open: data.fold === "open" },
      h("summary", {}, words),
      ...inner,
    )
  return h("div", { class: `notice ${tone}`, dir: "auto" }, h("p", {}, words), ...inner)
}

function columns(sides: readonly Column[] = []): HTMLElement | false {
  if (!sides.length) return false
  return h(
    "div",
    { class: "columns" },
    ...sides.map((side) => h("div", {}, h("p", {}, side.title), bulletList(side.items))),
  )
}

/** A question with its answers to pick. `chosen` gets the answer, and the button that was pressed. */
export function questionView(
  words: string,
  data: EventData["question"],
  chosen: (option: string, group: HTMLElement, pressed: HTMLElement | null) => void,
): HTMLElement {
  const id = freshId("question")
  const buttons = h("div", { class: "options", role: "group", "aria-labelledby": id })
  for (const option of data.options ?? []) {
    const button = h(
      "button",
      { type: "button", class: "chip", dir: "auto", onclick: () => chosen(option, buttons, button) },
      option,
    )
    buttons.append(button)
  }
  if (data.other) buttons.append(otherwise((typed) => chosen(typed, buttons, null)))
  return h(
    "div",
    { class: "question" },
    h("p", { id, dir: "auto" }, words),
    bulletList(data.items),
    originLine(data.origin),
    buttons,
  )
}

/** "Something else": a chip that becomes a small field. */
function otherwise(send: (typed: string) => void): HTMLElement {
  const field = h("input", {
    type: "text",
    "aria-label": "Something else",
    maxlength: 400,
    dir: "auto",
    placeholder: "Something else",
  })
  const form = h(
    "form",
    {
      class: "other",
      hidden: true,
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault()
        if (field.value.trim()) send(field.value.trim())
      },
    },
    field,
    h("button", { type: "submit", class: "small" }, "Send"),
  )
  const opener = h(
    "button",
    {
      type: "button",
      class: "chip",
      onclick: () => {
        opener.hidden = true
        form.hidden = false
        field.focus()
      },
    },
    "Something else",
  )
  return h("span", { class: "otherwise" }, opener, form)
}

/** Tells somebody who looks at another tab, in the title of this one, until they are back. */
export function ringTitle(): void {
  if (!document.hidden) return
  const before = document.title
  document.title = `● Ready · ${before}`
  document.addEventListener("visibilitychange", () => (document.title = before), { once: true })
}
