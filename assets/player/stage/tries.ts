/** Tries: several answers to one question in one place, and the way back to each. */
import left from "lucide-static/icons/chevron-left.svg"
import right from "lucide-static/icons/chevron-right.svg"
import { h, iconElement, setText } from "../dom"
import { say } from "../phrases"

export class Tries {
  private readonly place = h("span", { class: "num", role: "status" })
  private readonly to = h("span", { class: "to", dir: "auto" })
  private readonly back = h(
    "button",
    { type: "button", class: "small", "aria-label": say("The answer before"), onclick: () => this.show(this.at - 1) },
    iconElement(left),
  )
  private readonly on = h(
    "button",
    { type: "button", class: "small", "aria-label": say("The next answer"), onclick: () => this.show(this.at + 1) },
    iconElement(right),
  )
  readonly root = h(
    "div",
    {
      class: "tries",
      role: "group",
      "aria-label": say("Answers to this question"),
      onkeydown: (event: KeyboardEvent) => this.key(event),
    },
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

  /** Says so where the newest answer has the words of an earlier one. */
  compare(): void {
    const words = this.turns.map(answerWords)
    const newest = words.pop()
    const same = newest ? words.indexOf(newest) : -1
    const turn = this.turns.at(-1)
    if (same < 0 || !turn || turn.querySelector(".same")) return
    turn.append(h("p", { class: "notice info same", role: "status" }, say("The same words as answer {0}.", same + 1)))
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    this.show(this.at + step)
  }

  private show(at: number): void {
    this.keepHeight()
    this.at = Math.max(0, Math.min(at, this.turns.length - 1))
    const focused = [this.back, this.on].find((button) => button.matches(":focus"))
    this.turns.forEach((turn, i) => (turn.hidden = i !== this.at))
    this.back.disabled = this.at === 0
    this.on.disabled = this.at === this.turns.length - 1
    if (focused?.disabled) (focused === this.on ? this.back : this.on).focus()
    const name = this.names[this.at]
    setText(this.place, say("{0} of {1}", this.at + 1, this.turns.length))
    setText(this.to, name ?? "")
  }

  /** What stands below stays where it is, however long each answer is. */
  private keepHeight(): void {
    const heights = this.turns.map((turn) => turn.getBoundingClientRect().height)
    const highest = `${Math.ceil(Math.max(...heights, parseFloat(this.turns[0]?.style.minHeight ?? "") || 0))}px`
    for (const turn of this.turns) turn.style.minHeight = highest
  }
}

const answerWords = (turn: HTMLElement): string =>
  [...turn.querySelectorAll(".answer")].map((part) => (part.textContent ?? "").replace(/\s+/g, " ").trim()).join(" ")
