/** Pin bar: below the panes, where somebody says something of the moment at which a pane is. */
import { h, setText } from "../dom"
import type { NewPin, PaneSpec, PlayerData } from "../protocol"
import type { PaneRun } from "../stage/panerun"
import { runEnd } from "../stage/race"

const MAX_COMMENT_CHARS = 1000
const SAID_TEXT = "Said. It stands in Talk, where others answer."

/** The moment at which a pane is, in seconds since Send: where it plays, now; else its end; null before any play. */
export function pinMoment(run: PaneRun | undefined, now: number | null): number | null {
  if (!run) return null
  return Math.round((run.closed || now === null ? runEnd(run) : now) * 10) / 10
}

export class PinBar {
  private readonly buttons = h("span", { class: "pinners" })
  private readonly words = h("input", { type: "text", maxlength: MAX_COMMENT_CHARS, autocomplete: "off" })
  private readonly about = h("label", {})
  private readonly pattern = h("select", { class: "chip", "aria-label": "What it is about" })
  private readonly said = h("p", { class: "said", role: "status", tabindex: -1 })
  private readonly form = h(
    "form",
    { hidden: true },
    this.about,
    this.pattern,
    h("button", { type: "submit" }, "Say it"),
    h("button", { type: "button", onclick: () => this.close() }, "Cancel"),
  )
  readonly root = h(
    "section",
    { class: "pinbar", "aria-label": "Comments", hidden: true },
    this.buttons,
    this.form,
    this.said,
  )
  private pane = ""
  private offered = ""
  private patterns: NonNullable<PlayerData["patterns"]> = {}
  private moment: number | null = null
  private keys = ""

  constructor(
    private readonly momentOf: (pane: string) => number | null,
    private readonly say: (pin: NewPin) => void,
  ) {
    this.about.append(this.words)
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      const text = this.words.value.trim()
      if (text) this.say({ pane: this.pane, moment: this.moment, text, pattern: this.pattern.value })
      this.close()
      if (!text) return
      setText(this.said, SAID_TEXT)
      this.said.focus({ preventScroll: true }) // on the button, Enter pressed twice would open the box again
    })
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && this.close())
  }

  /** A button for each pane; nothing where nobody can say anything. `patterns`: what a comment can be about. */
  show(panes: readonly PaneSpec[], pins: PlayerData["pins"], patterns: PlayerData["patterns"] = {}): void {
    this.root.hidden = !pins
    this.patterns = patterns
    this.offerPatterns()
    const keys = panes.map(({ key }) => key).join("")
    if (keys === this.keys) return
    this.keys = keys
    const pinner = (key: string): HTMLElement =>
      h("button", { type: "button", "aria-label": `Comment here on ${key}`, onclick: () => this.open(key) }, key)
    this.buttons.replaceChildren("Comment here on ", ...keys.split("").map(pinner))
  }

  private open(pane: string): void {
    this.pane = pane
    this.moment = this.momentOf(pane)
    const at = this.moment === null ? "" : ` at ${this.moment} s`
    this.about.replaceChildren(`${pane}${at} `, this.words)
    this.pattern.value = ""
    this.offerPatterns()
    setText(this.said, "")
    this.form.hidden = false
    this.words.focus({ preventScroll: true })
  }

  /** Offers the patterns that the pane has by now; what was chosen stays chosen. */
  private offerPatterns(): void {
    const [patterns, chosen] = [this.patterns[this.pane] ?? [], this.pattern.value]
    const choices: typeof patterns = [["", `The whole of ${this.pane}`], ...patterns]
    if (choices.join() === this.offered) return // what is open stays open
    this.offered = choices.join()
    this.pattern.replaceChildren(...choices.map(([value, title]) => h("option", { value }, title)))
    this.pattern.value = choices.some(([value]) => value === chosen) ? chosen : ""
    this.pattern.hidden = !patterns.length
  }

  /** Shuts the box; who types goes on where it was opened. */
  private close(): void {
    this.form.hidden = true
    const button = `[aria-label='Comment here on ${this.pane}']`
    this.buttons.querySelector<HTMLElement>(button)?.focus({ preventScroll: true })
    this.words.value = ""
    setText(this.about, "")
  }
}
