/** Turn: what the assistant shows after one thing the person said or chose, painted event by event. */
import { correcting, rating, saying } from "./acts"
import { h, set } from "./dom"
import { Markdown } from "./markdown"
import { mark, source } from "./marks"
import { notice, question, ring } from "./notices"
import { list, text, type Data, type Event } from "./protocol"
import { statusView } from "./status"

/** What a person can do inside a turn. */
export interface Presses {
  choose(question: string, option: string): void
  act(name: string, label: string): void
}

const LABELS: Record<string, string> = { retry: "Try again", continue: "Go on from here" }
const BARS: Record<string, number> = { low: 1, medium: 2, high: 3 }

export class Turn {
  readonly root = h("div", { class: "turn" })
  private status: HTMLElement | null = null
  private words: Markdown | null = null
  private drawn: Markdown[] = []
  private badge: HTMLElement | null = null
  private pressed: HTMLElement | null = null
  private stopper: HTMLElement | null = null
  private sources: HTMLElement | null = null

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
      if (event.kind === "text" && !event.data?.draft) {
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
    this.stopper?.remove()
    this.stopper = null
    for (const part of this.drawn) part.end()
    this.root.classList.remove("writing", "draft")
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
    else if (event.kind === "revise") this.revise(words, data)
    else if (event.kind === "text") this.draft(words)
    else if (event.kind === "badge") this.rate(words, data)
    else if (event.kind === "notice") this.notice(words, data)
    else if (event.kind === "question") this.ask(words, data)
    else if (event.kind === "mark") mark(this.closed(), words, data)
    else if (event.kind === "source") this.cite(words, data)
    else if (event.kind === "error") this.raw(words)
    else if (event.kind === "failure") this.fail(words, data)
    else if (event.kind === "action") this.act(words, data)
    else if (event.kind === "end") this.wait(null)
  }

  private wait(view: HTMLElement | null): void {
    if (view === this.status) return
    if (this.status && view) this.status.replaceWith(view)
    else if (view) this.place(view)
    else this.status?.remove()
    this.status = view
  }

  private write(words: string): void {
    if (!words) return
    this.wait(null)
    this.part().add(words)
    this.root.classList.add("writing")
  }

  private revise(words: string, data: Data): void {
    if (words) this.wait(null)
    this.root.classList.toggle("draft", !!data.draft)
    this.sources?.remove()
    this.sources = null
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
    this.place(this.words.root)
    return this.words
  }

  private draft(words: string): void {
    this.write(words)
    this.root.classList.add("draft")
  }

  /** The drawings of the answer, closed: what is put into them now stays. */
  private closed(): HTMLElement[] {
    for (const part of this.drawn) part.end()
    this.words = null
    this.root.classList.remove("writing")
    return this.drawn.map((part) => part.root)
  }

  private cite(title: string, data: Data): void {
    const answers = this.closed()
    if (!this.sources) {
      this.sources = h("ol", { class: "sources", "aria-label": "Sources" })
      this.put(h("div", { class: "cited" }, this.sources, text(data.origin) && h("p", { class: "origin" }, text(data.origin))))
    }
    source(answers, this.sources, title, data)
  }

  private act(label: string, data: Data): void {
    const name = text(data.name)
    if (name === "stop") return this.stoppable(label, data)
    if (name === "feedback") return this.put(rating(label, data, () => this.closed()))
    const view = name === "say" ? saying(label, data)
      : name === "edit" ? correcting(label, data, () => this.closed()) : this.button(name, label)
    const last = (this.stopper?.previousElementSibling ?? this.root.lastElementChild) as HTMLElement | null
    if (last?.classList.contains("acts")) last.append(view)
    else this.put(h("div", { class: "acts" }, view))
  }

  private stoppable(label: string, data: Data): void {
    this.stopper = h("div", { class: "acts stopper" }, this.button("stop", label))
    if (text(data.place).includes("head") || text(data.place).includes("above")) this.root.prepend(this.stopper)
    else this.root.append(this.stopper)
  }

  /** Adds a block at the end, before the button that ends it all. */
  private place(block: HTMLElement): void {
    if (this.stopper && this.stopper === this.root.lastElementChild) this.stopper.before(block)
    else this.root.append(block)
  }

  /** Anything between words closes the words before it. */
  private put(block: HTMLElement): void {
    this.words?.end()
    this.words = null
    this.root.classList.remove("writing")
    if (this.status) this.status.before(block)
    else this.place(block)
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
    else this.place(view)
    this.badge = view
  }

  private notice(words: string, data: Data): void {
    if (data.tone === "ready") ring()
    this.put(notice(words, data))
  }

  private ask(words: string, data: Data): void {
    this.wait(null)
    this.put(question(words, data, (option, group, pressed) => {
      this.press(group, pressed)
      this.presses.choose(words, option)
    }))
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
