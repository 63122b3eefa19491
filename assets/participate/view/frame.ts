/** Frame: what stands around every step: how far one is, what is not sent yet, and the way out. */
import { freshId, h, setAttribute, setText } from "../../player/dom"
import { followTheme } from "../../player/page/theme"
import { SPOKEN } from "../../player/spoken"
import type { Words } from "../words"

const QUIET_MS = 2500 // milliseconds for which an answer may be on its way before it is told

export class Frame {
  readonly main = h("main", { class: "main", id: "step" })
  /** The one place of the page that is read aloud by itself. */
  readonly live = h("div", { class: "unseen", "aria-live": "polite" })
  private readonly filled = h("i")
  private readonly bar = h("div", { class: "bar", role: "progressbar", "aria-valuemin": 0, hidden: true }, this.filled)
  private readonly unsent = h("p", { class: "unsent", hidden: true })
  private readonly contact = h("p", { class: "contact", dir: "auto" })
  private readonly leave = h("button", { type: "button", class: "leave", hidden: true, onclick: () => this.ask() })
  private readonly banner = h("div", { class: "banner", hidden: true })
  private readonly foot = h("footer", { class: "foot" }, this.unsent, this.leave, this.contact)
  readonly root = h("div", { class: "take" }, h("header", { class: "head" }, this.bar), this.banner)
  private quiet: ReturnType<typeof setTimeout> | undefined
  private words: Words
  private left: (() => void) | null = null

  constructor(root: HTMLElement, words: Words) {
    this.words = words
    this.root.append(this.main, this.foot, this.live)
    this.root.addEventListener(SPOKEN, (event) => this.announceNext((event as CustomEvent<string>).detail))
    root.replaceChildren(this.root)
    followTheme(document.documentElement)
    this.speak(words)
  }

  /** Takes the study's language. */
  speak(words: Words, title = "", contact = ""): void {
    this.words = words
    document.documentElement.lang = words.language
    document.documentElement.dir = words.rtl ? "rtl" : "ltr"
    if (title) document.title = title
    setText(this.leave, words.say("withdraw"))
    setText(this.contact, contact ? words.say("contact", { contact }) : "")
  }

  /** Shows how many of all steps are behind the person. */
  progress(number: number, of: number): void {
    this.bar.hidden = of < 2
    setAttribute(this.bar, "aria-valuemax", of)
    setAttribute(this.bar, "aria-valuenow", number)
    setAttribute(this.bar, "aria-label", this.words.say("progress"))
    setAttribute(this.bar, "aria-valuetext", this.words.say("progress_of", { number, of }))
    this.filled.style.inlineSize = `${(100 * number) / Math.max(1, of)}%`
  }

  /** Shows neither how far one is nor the way out: there is nothing to leave. */
  rest(): void {
    this.bar.hidden = true
    this.mayLeave(null)
  }

  /** What is not sent yet is told quietly, and only once it takes its time. */
  tellUnsent(count: number): void {
    clearTimeout(this.quiet)
    if (!count) return void (this.unsent.hidden = true)
    const show = (): void => {
      this.unsent.hidden = false
      setText(this.unsent, this.words.count("unsent", count))
    }
    if (this.unsent.hidden) this.quiet = setTimeout(show, QUIET_MS)
    else show()
  }

  /** Whether the person can stop and have the answers deleted, and what does it. */
  mayLeave(left: (() => void) | null): void {
    this.left = left
    this.leave.hidden = !left
  }

  /** Reads words aloud, once. */
  announce(words: string): void {
    this.live.replaceChildren(h("p", {}, words))
  }

  /** Reads words aloud after what is being read, as the end of an answer. */
  announceNext(words: string): void {
    if (words) this.live.append(h("p", {}, words))
  }

  /** A line over everything: that this is a preview, or a rehearsal. */
  note(words: string): void {
    this.top(h("p", { class: "over", role: "note" }, words))
  }

  /** Puts something over everything. */
  top(shown: HTMLElement): void {
    this.root.prepend(shown)
  }

  /** Something went wrong, and the step may still work: it stays on the page below these words. */
  warn(): void {
    const words = this.words.say("problem_banner")
    if (this.banner.hidden) this.announce(words)
    this.banner.hidden = false
    this.banner.replaceChildren(h("p", {}, words), reloadButton(this.words))
  }

  /** Asks whether all answers shall be deleted. */
  private ask(): void {
    const { words } = this
    const title = freshId("title")
    const close = (): void => {
      dialog.remove()
      this.leave.focus()
    }
    const yes = h("button", { type: "button", class: "danger" }, words.say("withdraw_yes"))
    const no = h("button", { type: "button", onclick: close }, words.say("withdraw_no"))
    const dialog = h(
      "dialog",
      { class: "ask", "aria-labelledby": title, oncancel: close },
      h("h2", { id: title }, words.say("withdraw_title")),
      h("p", {}, words.say("withdraw_text")),
      h("div", { class: "row" }, no, yes),
    )
    yes.addEventListener("click", () => {
      dialog.remove()
      this.left?.()
    })
    this.root.append(dialog)
    if (typeof dialog.showModal === "function") dialog.showModal()
    else dialog.open = true
    no.focus()
  }
}

export const reloadButton = (words: Words): HTMLElement =>
  h("button", { type: "button", class: "next", onclick: () => location.reload() }, words.say("reload"))
