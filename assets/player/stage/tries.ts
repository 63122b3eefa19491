/** Tries: several answers to one question in one place, and the way back to each. */
import left from "lucide-static/icons/chevron-left.svg"
import right from "lucide-static/icons/chevron-right.svg"
import { h, iconElement, setText } from "../dom"

export class Tries {
  private readonly place = h("span", { class: "num", role: "status" })
  private readonly to = h("span", { class: "to", dir: "auto" })
  private readonly back = h(
    "button",
    { type: "button", class: "small", "aria-label": "The answer before", onclick: () => this.show(this.at - 1) },
    iconElement(left),
  )
  private readonly on = h(
    "button",
    { type: "button", class: "small", "aria-label": "The next answer", onclick: () => this.show(this.at + 1) },
    iconElement(right),
  )
  readonly root = h(
    "div",
    { class: "tries", role: "group", "aria-label": "Answers to this question" },
    this.back,
    this.place,
    this.on,
    this.to,
  )
  private readonly turns: HTMLElement[]
  private readonly names: string[]
  private at = 0

  /** `name`: what the first answer is to, where that differs. */
  constructor(first: HTMLElement, name = "") {
    this.turns = [first]
    this.names = [name]
  }

  /** One more answer, which is looked at from now on. */
  add(turn: HTMLElement, name = ""): void {
    this.turns.push(turn)
    this.names.push(name)
    this.show(this.turns.length - 1)
  }

  private show(at: number): void {
    this.at = Math.max(0, Math.min(at, this.turns.length - 1))
    const focused = [this.back, this.on].find((button) => button.matches(":focus"))
    this.turns.forEach((turn, i) => (turn.hidden = i !== this.at))
    this.back.disabled = this.at === 0
    this.on.disabled = this.at === this.turns.length - 1
    if (focused?.disabled) (focused === this.on ? this.back : this.on).focus()
    const name = this.names[this.at]
    setText(this.place, `${this.at + 1} of ${this.turns.length}`)
    setText(this.to, name ?? "")
  }
}
