/** Remarks: what Parallax itself has to say about a pane, below the panes and never among the words of the design. */
import { h } from "../dom"
import type { Event } from "../events"
import type { PaneSpec } from "../protocol"

export class Remarks {
  readonly root = h("ul", { class: "remarks", "aria-label": "Remarks by Parallax" })

  /** Keeps a line free for each remark that a recorded answer will bring, so that nothing moves when it comes. */
  prepare(specs: readonly PaneSpec[]): void {
    this.root.replaceChildren()
    for (const { key, timeline } of specs)
      for (const words of remarksIn(timeline.events)) this.root.append(line(key, words, true))
  }

  /** Shows the remarks among the events that a pane has come to. */
  show(pane: string, batch: readonly Event[]): void {
    for (const words of remarksIn(batch)) {
      const known = [...this.root.children].find((one) => one.textContent === line(pane, words, false).textContent)
      if (known) known.removeAttribute("data-later")
      else this.root.append(line(pane, words, false))
    }
  }
}

const remarksIn = (events: readonly Event[]): string[] => [
  ...new Set(events.filter((event) => event.kind === "notice" && event.data?.remark).map(({ text }) => text ?? "")),
]

const line = (pane: string, words: string, later: boolean): HTMLElement =>
  h(
    "li",
    { style: `--k:var(--pane-${pane}, var(--ink))`, "data-later": later },
    h("b", {}, pane),
    h("span", { dir: "auto" }, `Parallax: ${words}`),
  )
