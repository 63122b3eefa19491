/** Preview bar: a designer goes to any screen, and has the one on the page filled in as a simulated person would. */
import { freshId, h } from "../../player/dom"
import type { Step } from "../protocol"
import { fillIn } from "../simulate/robot"
import type { Words } from "../words"
import { stepTitle } from "./steptitle"

export class PreviewBar {
  private readonly menu: HTMLSelectElement
  readonly root: HTMLElement

  constructor(steps: readonly Step[], words: Words) {
    const id = freshId("screen")
    const titled = steps.map((step, place) =>
      h("option", { value: step.id }, `${place + 1}. ${stepTitle(step, words)}`),
    )
    this.menu = h("select", { id, onchange: () => goTo(this.menu.value, steps[0]?.id ?? "") }, ...titled)
    const fill = h("button", { type: "button", class: "small", onclick: () => void fillIn(document) })
    fill.textContent = words.say("preview_fill")
    const screen = h("label", { for: id }, words.say("preview_screen"))
    const says = h("p", {}, words.say("preview_text"))
    this.root = h("div", { class: "over preview", role: "note" }, says, screen, this.menu, fill)
  }

  /** Says which screen is on the page. */
  show(step: string): void {
    this.menu.value = step
  }
}

/** Opens the preview at a screen; the first one is where it begins anyway. */
function goTo(step: string, first: string): void {
  const address = new URL(location.href)
  if (step === first) address.searchParams.delete("step")
  else address.searchParams.set("step", step)
  location.assign(address.href)
}
