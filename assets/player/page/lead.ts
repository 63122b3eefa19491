/** Lead: the page's title and one sentence above the player; nothing where the page says neither. */
import { h, setText } from "../dom"
import type { PlayerData } from "../protocol"

export class LeadView {
  private readonly title = h("h1")
  private readonly sentence = h("p", { class: "lead" })
  readonly root = h("div", { class: "head" }, this.title, this.sentence)

  show(lead: PlayerData["lead"]): void {
    const [title = "", sentence = ""] = lead ?? []
    this.root.hidden = !title && !sentence
    setText(this.title, title)
    setText(this.sentence, sentence)
  }
}
