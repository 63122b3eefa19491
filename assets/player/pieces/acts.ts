/** Acts: what a person can do with an answer besides reading it: correct it, rate it, hand it over. */
import down from "lucide-static/icons/thumbs-down.svg"
import up from "lucide-static/icons/thumbs-up.svg"
import { freshId, h, iconElement, setText, setAttribute } from "../dom"
import { say } from "../phrases"
import { Markdown } from "../markdown/markdown"
import { bulletList } from "./notices"
import type { EventData } from "../events"

const NOTED = "Thank you. In this prototype it stays on your screen."
const BLOCKS = "p, h3, h4, h5, h6, td, pre"

/** A button that shows something once it is pressed; nothing is sent anywhere. */
export function sayButton(label: string, data: EventData["action"]): HTMLElement {
  const button = h(
    "button",
    {
      type: "button",
      class: "small",
      onclick: () => {
        const after = h("div", { class: "notice card", role: "status", tabindex: -1 })
        const words = new Markdown(after.appendChild(h("div", { class: "answer", dir: "auto" })))
        words.add(data.after ?? "")
        words.end()
        const items = bulletList(data.items)
        if (items) after.append(items)
        button.replaceWith(after)
        after.focus({ preventScroll: true })
      },
    },
    label,
  )
  return button
}

/** A button with which the words of an answer can be corrected where they stand, and put back. */
export function correctControl(
  label: string,
  data: EventData["action"],
  answers: () => readonly HTMLElement[],
): HTMLElement {
  const view = h("span", { class: "correct" })
  const whole = data.scope === "answer"
  let kept: [HTMLElement, Node[]][] = []
  const button = (words: string, onclick: () => void): HTMLButtonElement =>
    h("button", { type: "button", class: "small", onclick }, words)
  const parts = (): HTMLElement[] =>
    answers().flatMap((root) => (whole ? [root] : [...root.querySelectorAll<HTMLElement>(BLOCKS)]))
  const editable = (now: boolean): void => {
    for (const part of parts()) {
      setAttribute(part, "contenteditable", now ? "plaintext-only" : null)
      setAttribute(part, "role", now ? "textbox" : null)
      setAttribute(part, "aria-label", now ? say("The answer, to be corrected") : null)
    }
  }
  const done = (): void => {
    editable(false)
    const note = h("span", { class: "label", role: "status" }, say("Corrected by you. "))
    const undo = button(say("Undo"), () => {
      for (const [root, nodes] of kept) root.replaceChildren(...nodes)
      view.replaceChildren(begin)
      begin.focus()
    })
    view.replaceChildren(note, ...(data.undo === false ? [] : [undo]), begin)
    view.querySelector("button")?.focus()
  }
  const begin = button(label, () => {
    kept = answers().map((root) => [root, [...root.cloneNode(true).childNodes]])
    editable(true)
    view.replaceChildren(button(say("Done"), done))
    parts()[0]?.focus()
  })
  view.append(begin)
  return view
}

/** Controls to rate an answer, or each of its paragraphs, with tags and a comment. */
export function ratingForm(
  label: string,
  data: EventData["action"],
  answers: () => readonly HTMLElement[],
): HTMLElement {
  const form = h("form", {
    class: "feedback",
    onsubmit: (event: SubmitEvent) => {
      event.preventDefault()
      const noted = h("p", { class: "label", role: "status", tabindex: -1 }, say(NOTED))
      form.replaceChildren(noted)
      noted.focus({ preventScroll: true })
    },
  })
  const scale = (): HTMLElement => (data.scale === "stars" ? stars(label) : thumbs(label))
  if (data.parts === "paragraphs")
    for (const part of answers().flatMap((root) => [...root.children]))
      part.after(h("div", { class: "part" }, thumbs(say("This part"))))
  else form.append(h("p", { class: "label" }, label), scale())
  const tags = data.tags ?? []
  if (tags.length)
    form.append(
      h("div", { class: "options", role: "group", "aria-label": say("What it was like") }, ...tags.map(toggle)),
    )
  if (data.comment)
    form.append(
      h("input", {
        type: "text",
        maxlength: 1000,
        dir: "auto",
        "aria-label": say("Comment"),
        placeholder: say("Anything to add?"),
      }),
    )
  if (form.childElementCount) form.append(h("button", { type: "submit", class: "small" }, say("Send")))
  return form
}

function toggle(name: string): HTMLElement {
  const chip = h(
    "button",
    {
      type: "button",
      class: "chip",
      "aria-pressed": "false",
      onclick: () =>
        setAttribute(chip, "aria-pressed", chip.getAttribute("aria-pressed") === "true" ? "false" : "true"),
    },
    name,
  )
  return chip
}

function thumbs(label: string): HTMLElement {
  const pair = (
    [
      ["Good", up],
      ["Not good", down],
    ] as const
  ).map(([name, drawing]) =>
    h(
      "button",
      {
        type: "button",
        class: "thumb",
        "aria-label": say(name),
        "aria-pressed": "false",
        onclick: (event: Event) => {
          for (const one of pair) setAttribute(one, "aria-pressed", one === event.currentTarget ? "true" : "false")
        },
      },
      iconElement(drawing),
    ),
  )
  return h("span", { class: "thumbs", role: "group", "aria-label": label }, ...pair)
}

function stars(label: string): HTMLElement {
  const name = freshId("stars")
  const says = h("span", { class: "label" })
  const points = [1, 2, 3, 4, 5].map((n) =>
    h(
      "label",
      {},
      h("input", {
        type: "radio",
        name,
        value: n,
        onchange: () => {
          points.forEach((point, i) => point.classList.toggle("on", i < n))
          setText(says, say("{0} of 5", n))
        },
      }),
      h("span", { class: "unseen" }, say("{0} of 5", n)),
      h("span", { "aria-hidden": "true" }, "★"),
    ),
  )
  return h("span", { class: "stars", role: "radiogroup", "aria-label": label }, ...points, says)
}
