/** Visit: one step while it is on the page: its heading, its questions, its Next, and what is measured meanwhile. */
import { h } from "../../player/dom"
import { TOUCHES } from "../items/field"
import { Form } from "../items/form"
import { PageWatch, tenths } from "../measure/pagewatch"
import { Signs } from "../measure/signs"
import type { AnswerData, Item, Step, Took } from "../protocol"
import type { Taking } from "../taking"
import { heading } from "../view/notice"

export class Visit {
  readonly section = h("section", { class: "step" })
  private begun = performance.now()
  private readonly page = new PageWatch()
  private readonly signs = new Signs()
  private readonly ends: (() => void)[] = []

  constructor(
    private readonly place: HTMLElement,
    readonly step: Step,
    readonly taking: Taking,
  ) {}

  /** Milliseconds since the step was shown. */
  since(time = performance.now()): number {
    return tenths(time - this.begun)
  }

  /** Shows the step; its heading takes the focus, from which everything else follows. */
  open(title: string, ...parts: (Node | false)[]): void {
    const { session, frame, words } = this.taking
    const top = heading(title)
    const remark = this.taking.takeRemark()
    const shown = parts.filter((part) => part !== false)
    this.section.append(...(remark ? [h("p", { class: "remark" }, remark)] : []), top, ...shown)
    this.section.append(this.signs.trap(words.say("trap")))
    this.place.replaceChildren(this.section)
    frame.progress(session.behind, session.steps.length)
    scrollTo(0, 0)
    top.focus({ preventScroll: true })
    this.begun = performance.now()
  }

  /** Asks these items, and resolves once all that are required are answered and Next was pressed. */
  async ask(items: readonly Item[], button: string, panes: Readonly<Record<string, string>> = {}): Promise<Asked> {
    const { words } = this.taking
    const form = new Form(items, words, ({ pane }) => (pane && panes[pane]) ?? "")
    const shown = performance.now()
    const group = h("form", { class: "questions", novalidate: true }, form.root)
    this.section.append(group)
    await this.pressed(group, button, () => form.check())
    const took = {
      shown_ms: this.since(shown),
      first_ms: form.touched === null ? null : this.since(form.touched),
      answered_ms: this.since(),
    }
    return { root: group, values: form.values, took }
  }

  /** What ends with the step. */
  atEnd(end: () => void): void {
    this.ends.push(end)
  }

  close(): void {
    this.page.stop()
    this.signs.stop()
    for (const end of this.ends.splice(0)) end()
  }

  /** The answer to this step. */
  data(took: Took, more: Partial<AnswerData> = {}): AnswerData {
    return { items: {}, took, ...more, page: this.page.facts(), signs: this.signs.counts() }
  }

  /** Resolves when the button of a form is pressed and nothing is missing; what is missing is said there and aloud. */
  private pressed(form: HTMLElement, label: string, missing: () => string): Promise<void> {
    const fault = h("p", { class: "wrong summary", hidden: true })
    const next = h("button", { type: "submit", class: "next" }, label)
    form.append(fault, h("div", { class: "forth" }, next))
    for (const kind of TOUCHES) form.addEventListener(kind, () => (fault.hidden ||= !form.querySelector(".item.open")))
    return new Promise((done) => {
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        if (next.disabled) return
        const says = missing()
        fault.hidden = !says
        fault.textContent = says
        if (says) return this.taking.frame.announce(says)
        next.disabled = true
        done()
      })
    })
  }
}

/** What was answered in a form, which stays on the page. */
export interface Asked {
  readonly root: HTMLElement
  readonly values: AnswerData["items"]
  readonly took: Took
}
