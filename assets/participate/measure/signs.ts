/** Signs of whether a person answers: keys, pastes, events that no person made, and a field that nobody sees. */
import { h } from "../../player/dom"
import type { SignCounts } from "../protocol"

const PRESSES = ["click", "keydown", "input", "change"] as const

export class Signs {
  private readonly ends = new AbortController()
  private keys = 0
  private pastes = 0
  private untrusted = 0
  private real: Event | null = null // the last one that a person made
  private readonly field = h("input", { type: "text", name: "parallax-more", tabindex: -1, autocomplete: "off" })

  constructor() {
    const options = { capture: true, signal: this.ends.signal }
    for (const kind of PRESSES) document.addEventListener(kind, (event) => this.look(event), options)
    document.addEventListener("keydown", () => void this.keys++, options)
    document.addEventListener("paste", () => void this.pastes++, options)
  }

  /** A field that is out of sight for people and for who listens; what fills in every field fills it in as well. */
  trap(label: string): HTMLElement {
    return h("div", { class: "unseen", "aria-hidden": "true" }, h("label", {}, label, this.field))
  }

  counts(): SignCounts {
    const { keys, pastes, untrusted } = this
    return { keys, pastes, untrusted, webdriver: navigator.webdriver === true, trap: this.field.value.slice(0, 200) }
  }

  /** An event that no person made, unless it comes of one that is being handled: a key that presses a button. */
  private look(event: Event): void {
    if (event.isTrusted) this.real = event
    else if (!this.real?.eventPhase) this.untrusted++
  }

  stop(): void {
    this.ends.abort()
  }
}
