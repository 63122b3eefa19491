/** Field: one item as it stands on the page, and what a person has answered to it so far. */
import { freshId, h, setAttribute, setText } from "../../player/dom"
import type { Item } from "../protocol"
import { inline } from "../view/prose"
import type { Words } from "../words"

/** By which a person changes an answer. */
export const TOUCHES = ["input", "change", "click", "keyup"] as const

export type Value = string | number | readonly string[]

/** The control of an item. */
export interface Control {
  readonly root: HTMLElement
  /** What takes the focus where the item is still open. */
  readonly first: HTMLElement
  /** What was answered; null for nothing. */
  value(): Value | null
  /** What is wrong with what was given; "" where nothing is. */
  fault?(): string
}

/** The ids by which a control names its question and what is said about it. */
export interface Naming {
  readonly label: string
  readonly about: string
}

export type MakeControl<Kind extends Item["kind"]> = (
  item: Extract<Item, { kind: Kind }>,
  words: Words,
  naming: Naming,
) => Control

export class Field {
  readonly root: HTMLElement
  private readonly message: HTMLElement
  private readonly control: Control

  constructor(
    readonly item: Item,
    private readonly words: Words,
    make: (naming: Naming) => Control,
    pane = "",
  ) {
    const naming = { label: freshId("item"), about: freshId("about") }
    this.message = h("p", { class: "wrong", id: naming.about, hidden: true })
    this.control = make(naming)
    const optional = item.required === false && h("span", { class: "optional" }, ` (${words.say("optional")})`)
    this.root = h(
      "div",
      { class: `item ${item.kind}`, "data-name": item.name },
      !!pane && h("p", { class: "pane-name", dir: "auto" }, pane),
      h("p", { class: "q", id: naming.label, dir: "auto" }, ...inline(item.text), optional),
      !!item.help && h("p", { class: "help", dir: "auto" }, ...inline(item.help)),
      this.control.root,
      this.message,
    )
    for (const kind of TOUCHES) this.root.addEventListener(kind, () => this.clear())
  }

  value(): Value | null {
    return this.control.value()
  }

  /** Says what is missing or wrong, and whether something is. */
  check(): boolean {
    const fault = this.control.fault?.() ?? ""
    const missing = this.item.required !== false && this.value() === null ? this.words.say("required") : ""
    const says = fault || missing
    setText(this.message, says)
    this.message.hidden = !says
    setAttribute(this.control.first, "aria-invalid", says ? "true" : null)
    this.root.classList.toggle("open", !!says)
    return !says
  }

  focus(): void {
    this.root.scrollIntoView({ block: "center" })
    this.control.first.focus({ preventScroll: true })
  }

  private clear(): void {
    if (!this.message.hidden) this.check()
  }
}
