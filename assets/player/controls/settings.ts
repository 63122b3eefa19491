/** Settings: one line that says what is set, and the rows to change it in, opened over the panes and not above them. */
import chevron from "lucide-static/icons/chevron-down.svg"
import { freshId, h, iconElement, setAttribute, setText } from "../dom"
import type { Row } from "../protocol"
import { Rows } from "./rows"

export class Settings {
  readonly root: HTMLElement
  private readonly says = h("span", { class: "says" })
  private readonly line: HTMLButtonElement
  private readonly panel: HTMLElement
  private readonly rows: Rows

  constructor(choose: (name: string, value: string) => void, signal: AbortSignal) {
    const id = freshId("settings")
    this.rows = new Rows(choose, () => this.toggle(false))
    this.panel = h(
      "div",
      { class: "panel", id, hidden: true, role: "group", "aria-label": "What is set" },
      this.rows.root,
    )
    this.line = h(
      "button",
      {
        type: "button",
        class: "set",
        "aria-expanded": "false",
        "aria-controls": id,
        onclick: () => this.toggle(this.panel.hidden),
      },
      this.says,
      h("span", { class: "change" }, "Change"),
      iconElement(chevron),
    )
    this.root = h("div", { class: "settings" }, this.line, this.panel)
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false))
    const outside = (event: Event): void => {
      if (!event.composedPath().includes(this.root)) this.toggle(false)
    }
    document.addEventListener("pointerdown", outside, { signal })
  }

  /** Draws what is set: what each row says, and who answered. */
  show(rows: readonly Row[], model: string): void {
    this.root.hidden = !rows.length
    setText(this.says, [...rows.map((row) => row.says), model].filter(Boolean).join(" · "))
    this.rows.show(rows)
  }

  /** Where the opened rows lie over the page; null while they are shut. */
  get cover(): DOMRect | null {
    return this.panel.hidden ? null : this.panel.getBoundingClientRect()
  }

  /** Opens the rows, or closes them and gives their focus back to the line. */
  toggle(open: boolean): void {
    if (this.panel.hidden !== open) return
    const inside = this.panel.contains((this.root.getRootNode() as ShadowRoot).activeElement)
    if (!open && inside) this.line.focus({ preventScroll: true })
    this.panel.hidden = !open
    setAttribute(this.line, "aria-expanded", String(open))
  }
}
