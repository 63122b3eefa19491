/** Turn: what the assistant shows after one thing the person said or chose, painted event by event. */
import { fresh, h, set } from "./dom"
import { Markdown } from "./markdown"
import { list, text, type Data, type Event } from "./protocol"
import { statusView } from "./status"

/** What a person can do inside a turn. */
export interface Presses {
  choose(question: string, option: string): void
  act(name: string, label: string): void
}

const LABELS: Record<string, string> = { retry: "Try again", continue: "Go on from here" }
const TONES = ["info", "caution", "card", "label"]
const BARS: Record<string, number> = { low: 1, medium: 2, high: 3 }

export class Turn {
  readonly root = h("div", { class: "turn" })
  private status: HTMLElement | null = null
  private words: Markdown | null = null
  private drawn: Markdown[] = []
  private badge: HTMLElement | null = null
  private pressed: HTMLElement | null = null

  constructor(private readonly presses: Presses) {}

  /** The words of the answer as the model wrote them. */
  get source(): string {
    return this.drawn.map((part) => part.source).join("")
  }

  /** Everything that can be read in this turn, without its buttons. */
  get spoken(): string {
    const parts = [...this.root.children].filter((part) => !part.classList.contains("status"))
    return parts.map((part) => [...part.childNodes].filter(readable).map((node) => node.textContent ?? "").join(" "))
      .map((words) => words.replace(/\s+/g, " ").trim()).filter(Boolean).join(" ")
  }

  /** Paints events in order; words that stand side by side are written in one go. */
  paint(batch: readonly Event[]): void {
    let waiting = ""
    for (const event of batch) {
      if (event.kind === "text") {
        waiting += event.text ?? ""
        continue
      }
      if (waiting) this.write(waiting)
      waiting = ""
      this.show(event)
    }
    if (waiting) this.write(waiting)
  }

  /** No more comes: the drawing is closed and the waiting signs go. */
  finish(note = ""): void {
    this.wait(null)
    for (const part of this.drawn) part.end()
    this.root.classList.remove("writing")
    if (note) this.notice(note, { tone: "info" })
    this.words = null
  }

  /** Goes on where the words stopped: the failure goes, the words stay. */
  resume(): void {
    for (const gone of this.root.querySelectorAll(":scope > .fail, :scope > .raw, :scope > .acts")) gone.remove()
    const last = this.drawn.at(-1)
    while (last?.root.nextElementSibling?.classList.contains("notice")) last.root.nextElementSibling.remove()
    last?.reopen()
    this.words = last ?? null
  }

  /** What was pressed last can be pressed again. */
  release(): void {
    for (const control of this.pressed?.querySelectorAll("button, input") ?? []) {
      set(control, "disabled", null)
      set(control, "aria-pressed", null)
    }
    this.pressed = null
  }

  private press(group: HTMLElement | null, button: HTMLElement | null): void {
    this.pressed = group
    for (const control of group?.querySelectorAll("button, input") ?? []) set(control, "disabled", true)
    if (button) set(button, "aria-pressed", "true")
  }

  private show(event: Event): void {
    const words = event.text ?? ""
    const data = event.data ?? {}
    if (event.kind === "status") this.wait(statusView(this.status, words, data))
    else if (event.kind === "revise") this.revise(words)
    else if (event.kind === "badge") this.rate(words, data)
    else if (event.kind === "notice") this.notice(words, data)
    else if (event.kind === "question") this.ask(words, data)
    else if (event.kind === "error") this.raw(words)
    else if (event.kind === "failure") this.fail(words, data)
    else if (event.kind === "action") this.put(h("div", { class: "acts" }, this.button(text(data.name), words)))
    else if (event.kind === "end") this.wait(null)
  }

  private wait(view: HTMLElement | null): void {
    if (view === this.status) return
    if (this.status && view) this.status.replaceWith(view)
    else if (view) this.root.append(view)
    else this.status?.remove()
    this.status = view
  }

  private write(words: string): void {
    if (!words) return
    this.wait(null)
    this.part().add(words)
    this.root.classList.add("writing")
  }

  private revise(words: string): void {
    if (words) this.wait(null)
    const [first, ...others] = this.drawn
    if (words && first && !others.length && this.words) return first.revise(words)
    for (const part of this.drawn) part.root.remove()
    this.drawn = []
    this.words = null
    this.root.classList.remove("writing")
    if (words) this.write(words)
  }

  private part(): Markdown {
    if (this.words) return this.words
    this.words = new Markdown(h("div", { class: "answer", dir: "auto" }))
    this.drawn.push(this.words)
    this.root.append(this.words.root)
    return this.words
  }

  /** Anything between words closes the words before it. */
  private put(block: HTMLElement): void {
    this.words?.end()
    this.words = null
    this.root.classList.remove("writing")
    if (this.status) this.status.before(block)
    else this.root.append(block)
  }

  private rate(words: string, data: Data): void {
    const level = text(data.level) || "percent"
    const bars = [1, 2, 3].map((n) => h("i", { class: n <= (BARS[level] ?? 0) ? "on" : "" }))
    const label = h("span", { class: `badge ${level in BARS ? level : "percent"}` },
      level in BARS && h("span", { class: "bars", "aria-hidden": "true" }, ...bars), words)
    const view = h("div", { class: "rating", dir: "auto" }, label, text(data.legend) && h("p", { class: "why" }, text(data.legend)))
    // A badge that comes after words stands below them: nothing that is being read moves.
    if (this.badge) this.badge.replaceWith(view)
    else if (this.status) this.status.before(view)
    else this.root.append(view)
    this.badge = view
  }

  private notice(words: string, data: Data): void {
    const tone = TONES.includes(text(data.tone)) ? text(data.tone) : "info"
    const items = list(data.items).map((item) => h("li", {}, item))
    if (!items.length) return this.put(h("p", { class: `notice ${tone}`, dir: "auto" }, words))
    this.put(h("div", { class: `notice ${tone}`, dir: "auto" }, h("p", {}, words), h("ul", {}, ...items)))
  }

  private ask(words: string, data: Data): void {
    this.wait(null)
    const id = fresh("question")
    const buttons = h("div", { class: "options", role: "group", "aria-labelledby": id })
    const chosen = (option: string, pressed: HTMLElement | null) => {
      this.press(buttons, pressed)
      this.presses.choose(words, option)
    }
    for (const option of list(data.options)) {
      const button = h("button", { type: "button", class: "chip", dir: "auto", onclick: () => chosen(option, button) }, option)
      buttons.append(button)
    }
    if (data.other) buttons.append(otherwise((typed) => chosen(typed, null)))
    this.put(h("div", { class: "question" }, h("p", { id, dir: "auto" }, words), buttons))
  }

  private raw(words: string): void {
    this.wait(null)
    this.put(h("p", { class: "raw num", dir: "auto" }, words))
  }

  private fail(words: string, data: Data): void {
    if (data.raw) this.raw(words)
    this.wait(null)
    const labels = (data.labels ?? {}) as Data
    const buttons = list(data.actions).map((name) => this.button(name, text(labels[name]) || LABELS[name] || name))
    const actions = buttons.length > 0 && h("div", { class: "acts" }, ...buttons)
    const detail = text(data.detail)
    if (data.raw) return void (actions && this.put(actions))
    this.put(h("div", { class: `fail ${text(data.tone)}`, dir: "auto" },
      h("p", {}, h("strong", {}, words), detail && ` ${detail}`), actions))
  }

  private button(name: string, label: string): HTMLButtonElement {
    const button = h("button", { type: "button", class: "small", onclick: () => {
      this.press(button.closest<HTMLElement>(".acts"), button)
      this.presses.act(name, label)
    } }, label)
    return button
  }
}

const readable = (node: Node): boolean => !(node instanceof Element) || !node.matches(".options, .acts, .bars, button")

/** "Something else": a chip that becomes a small field. */
function otherwise(send: (typed: string) => void): HTMLElement {
  const field = h("input", { type: "text", "aria-label": "Something else", maxlength: 400, dir: "auto", placeholder: "Something else" })
  const form = h("form", { class: "other", hidden: true, onsubmit: (event: SubmitEvent) => {
    event.preventDefault()
    if (field.value.trim()) send(field.value.trim())
  } }, field, h("button", { type: "submit", class: "small" }, "Send"))
  const opener = h("button", { type: "button", class: "chip", onclick: () => {
    opener.hidden = true
    form.hidden = false
    field.focus()
  } }, "Something else")
  return h("span", { class: "otherwise" }, opener, form)
}
