/** Lower place: where the page shows what stands below a player's panes, so that something of its own is between. */
import { h } from "../dom"
import { keepTypedKeys } from "./keys"
import { style } from "./style"
import { followTheme } from "./theme"

export class LowerPlace {
  private readonly host = h("div", { class: "parallax" })
  private readonly body = h("div", { class: "player" })
  private readonly undress: () => void
  private putBack: () => void = () => {}

  /** `find` gives the part of the player that is on the page, or nothing where there is none. */
  constructor(
    root: ParentNode & Node,
    private readonly find: () => HTMLElement | undefined,
  ) {
    const page = this.host.attachShadow({ mode: "open" })
    page.append(h("style", {}, style), this.body)
    keepTypedKeys(page)
    root.append(this.host)
    this.undress = followTheme(this.host)
    this.update()
  }

  /** Takes the part, unless it is here already. */
  update(): void {
    const part = this.find()
    if (!part || part.parentNode === this.body) return
    const { parentNode, nextSibling } = part
    this.putBack = () => parentNode?.insertBefore(part, nextSibling)
    this.body.replaceChildren(part)
  }

  moveTo(root: ParentNode & Node): void {
    if (this.host.parentNode !== root) root.append(this.host)
  }

  /** The part stands in its player again. */
  destroy(): void {
    this.putBack()
    this.undress()
    this.host.remove()
  }
}
