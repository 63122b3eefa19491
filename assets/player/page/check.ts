/** Check: one question with its answer and with what is known about it, for a person who says whether it is right. */
import own from "./check.css"
import { h, setText } from "../dom"
import { Turn } from "../pieces/turn"
import { ShadowPart } from "./shadowpart"

export interface CheckData {
  readonly key?: string
  readonly recording: string
  readonly place: string // such as "Answer 3 of 20"
  readonly asked: string
  readonly answer: string
  readonly cut: boolean // the answer stopped at its limit
  readonly known: readonly string[] // what is known about the question, a sentence each
}

export class Check extends ShadowPart<CheckData, object> {
  private readonly told = h("div", { class: "unseen", role: "status" })
  private readonly card = h("article", { class: "check" })

  constructor(root: ParentNode & Node, data: CheckData) {
    super(data, {})
    this.mount(root, own, h("div", { class: "player" }, this.card, this.told))
    this.draw()
  }

  protected draw(): void {
    const { place, asked, answer, cut, known } = this.data
    const nothing = () => {}
    const turn = new Turn({ choose: nothing, act: nothing })
    turn.paint([{ at: 0, kind: "text", text: answer }])
    turn.finish()
    const limit = cut ? "It was cut off at its limit." : ""
    this.card.replaceChildren(
      h("p", { class: "label" }, place),
      h("h3", { class: "asked", dir: "auto" }, asked),
      h("div", { class: "said", tabindex: 0, role: "region", "aria-label": "The answer" }, turn.root),
      ...(cut ? [h("p", { class: "label" }, limit)] : []),
      h("div", { class: "known" }, ...known.map((words) => h("p", { dir: "auto" }, words))),
    )
    setText(this.told, [place, asked, turn.spoken || "No words.", limit, ...known].filter(Boolean).join(". "))
  }
}
