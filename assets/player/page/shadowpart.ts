/** Shadow part: what the parts of a page share that are not the player: a host of their own, and data that is drawn. */
import { h } from "../dom"
import { style } from "./style"
import { followTheme } from "./theme"

export abstract class ShadowPart<Data, Calls> {
  readonly host = h("div", { class: "parallax" })
  private leaveTheme = () => {}

  constructor(
    protected data: Data,
    protected calls: Calls,
  ) {}

  /** Draws everything from the data. */
  protected abstract draw(): void

  /** Puts the body into the host, with the player's style and its own, and the host into the page. */
  protected mount(root: ParentNode & Node, own: string, body: HTMLElement): void {
    root.append(this.host)
    this.host.attachShadow({ mode: "open" }).append(h("style", {}, style + own), body)
    this.leaveTheme = followTheme(this.host)
  }

  /** Takes other data and calls; what is the same is not drawn again. */
  update(data: Data, calls: Calls = this.calls): void {
    this.calls = calls
    const same = JSON.stringify(data) === JSON.stringify(this.data)
    this.data = data
    if (!same) this.draw()
  }

  moveTo(root: ParentNode & Node): void {
    if (this.host.parentNode !== root) root.append(this.host)
  }

  destroy(): void {
    this.leaveTheme()
    this.host.remove()
  }
}
