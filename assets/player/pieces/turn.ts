/** Turn: what the assistant shows after one thing the person said or chose, painted event by event. */
import { h, setAttribute } from "../dom"
import { say } from "../phrases"
import type { Event, EventData, EventKind } from "../events"
import { correctControl, ratingForm, sayButton } from "./acts"
import { badgeView } from "./badge"
import { failureButtons, failureView, rawView } from "./failure"
import { completeDecision, formView } from "./forms"
import { Markdown } from "../markdown/markdown"
import { markPhrase, addSource } from "./marks"
import { noticeView, ringTitle } from "./notices"
import { personControl } from "./person"
import { decisionLine, questionView, type Pick } from "./questions"
import { readableWords, setDisabled, wasCut } from "./reading"
import { statusView } from "./status"

/** What a person can do inside a turn. */
export interface TurnCalls {
  /** `decides` where the answer to a question is a decision that can be changed, and not a next question. */
  choose(question: string, pick: Pick, decides: boolean): void
  act(name: string, label: string): void
}

/** How each kind of event comes on the screen, from its text and its data. */
type Painters = { readonly [K in EventKind]: (words: string, data: EventData[K]) => void }

export class Turn {
  readonly root = h("div", { class: "turn" })
  private status: HTMLElement | null = null
  private words: Markdown | null = null
  private drawn: Markdown[] = []
  private badge: HTMLElement | null = null
  private pressed: HTMLElement | null = null
  private stopper: HTMLElement | null = null
  private sources: HTMLElement | null = null
  private asked: { readonly view: HTMLElement; readonly words: string; readonly shown: string } | null = null
  private decision: HTMLElement | null = null
  private cut = false // whether the answer was cut before its own end

  private readonly painters: Painters = {
    status: (words, data) => this.wait(statusView(this.status, words, data)),
    text: (words) => {
      this.write(words)
      this.root.classList.add("draft")
    },
    revise: (words, data) => this.revise(words, data),
    mark: (words, data) => markPhrase(this.ended(), words, data),
    badge: (words, data) => this.rate(badgeView(words, data)),
    question: (words, data) => this.ask(words, data),
    notice: (words, data) => this.notice(words, data),
    source: (words, data) => this.cite(words, data),
    failure: (words, data) => this.fail(words, data),
    action: (words, data) => this.act(words, data),
    error: (words) => this.raw(words),
    end: (_, data) => this.wait(null, wasCut(data)),
  }

  constructor(private readonly presses: TurnCalls) {}

  /** The words of the answer as the model wrote them. */
  get source(): string {
    return this.drawn.map((part) => part.source).join("")
  }

  /** Everything that can be read in this turn, without its buttons. */
  get spoken(): string {
    return readableWords(this.root)
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
    for (const part of this.drawn) part.end(this.cut || note !== "")
    this.wait(null)
    this.stopper?.remove()
    this.stopper = null
    this.root.classList.remove("writing", "draft")
    if (this.decision) completeDecision(this.decision, this.drawn[0]?.root)
    if (note) this.notice(note, { tone: "info" })
    this.words = null
  }

  /** Goes on where the words stopped: the failure goes, the words stay. */
  resume(): void {
    for (const gone of this.root.querySelectorAll(":scope > .fail, :scope > .raw, :scope > .acts")) gone.remove()
    const last = this.drawn.at(-1) ?? null
    while (last?.root.nextElementSibling?.classList.contains("notice")) last.root.nextElementSibling.remove()
    last?.reopen()
    this.words = last
  }

  /** The question that was answered last becomes one line that says what was decided, and opens it again. */
  decide(): void {
    const { asked } = this
    if (!asked) return
    const { view, words, shown } = asked
    const line = decisionLine(words, shown, () => {
      line.replaceWith(view)
      setDisabled(view, false)
      view.querySelector<HTMLElement>("button:not(:disabled), input:not(:disabled)")?.focus()
    })
    view.replaceWith(line)
    this.asked = null
  }

  /** Nothing here can be pressed any more; links and what unfolds still can. */
  retire(): void {
    for (const part of this.root.querySelectorAll(".question, .acts, .decision, .feedback")) setDisabled(part, true)
  }

  /** What was pressed last can be pressed again. */
  release(): void {
    if (this.pressed) setDisabled(this.pressed, false)
    this.pressed = null
  }

  private press(group: HTMLElement | null, button: HTMLElement | null): void {
    this.pressed = group
    if (group) setDisabled(group, true)
    if (button) setAttribute(button, "aria-pressed", "true")
  }

  private show<K extends EventKind>(event: Event<K>): void {
    const paint: Painters[K] | undefined = this.painters[event.kind] // none for a kind that a newer server may send
    paint?.(event.text ?? "", event.data ?? {})
  }

  private wait(view: HTMLElement | null, cut = false): void {
    this.cut = cut
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

  private revise(words: string, data: EventData["revise"]): void {
    if (words) this.wait(null)
    this.root.classList.toggle("draft", !!data.draft)
    this.sources?.parentElement?.remove()
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

  /** The drawings of the answer, closed: what is put into them now stays. */
  private ended(): Markdown[] {
    for (const part of this.drawn) part.end()
    this.words = null
    this.root.classList.remove("writing")
    return this.drawn
  }

  private closed = (): HTMLElement[] => this.ended().map((part) => part.root)

  private cite(title: string, data: EventData["source"]): void {
    const answers = this.ended()
    if (!this.sources) {
      this.sources = h("ol", { class: "sources", "aria-label": say("Sources") })
      this.put(h("div", { class: "cited" }, h("p", { class: "head" }, say("Sources")), this.sources))
    }
    addSource(answers, this.sources, title, data)
  }

  private act(label: string, data: EventData["action"]): void {
    if (data.name === "stop") return this.stoppable(label, data.place)
    if (data.name === "feedback") return this.put(ratingForm(label, data, this.closed))
    const view = this.control(label, data)
    const last = (this.stopper?.previousElementSibling ?? this.root.lastElementChild) as HTMLElement | null
    if (last?.classList.contains("acts")) last.append(view)
    else this.put(h("div", { class: "acts" }, view))
  }

  private control(label: string, data: EventData["action"]): HTMLElement {
    if (data.name === "say") return sayButton(label, data)
    if (data.name === "person") return personControl(label, data)
    if (data.name === "edit") return correctControl(label, data, this.closed)
    return this.button(data.name ?? "", label)
  }

  private stoppable(label: string, place: EventData["action"]["place"]): void {
    this.stopper = h("div", { class: "acts stopper" }, this.button("stop", label))
    this.root[place === "above" ? "prepend" : "append"](this.stopper)
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

  /** A badge that comes after words stands below them: nothing that is being read moves. */
  private rate(view: HTMLElement): void {
    if (this.badge) this.badge.replaceWith(view)
    else if (this.status) this.status.before(view)
    else this.place(view)
    this.badge = view
  }

  private notice(words: string, data: EventData["notice"]): void {
    if (data.remark || data.before) return // it stands below the pane, or above what the person asks
    if (data.tone === "steps" || data.tone === "thoughts") this.wait(null) // they were the sign until now
    if (data.tone === "ready") ringTitle()
    if (!data.form) return this.put(noticeView(words, data))
    const view = formView(words, data)
    if (data.form === "decision") this.decision = view
    this.put(view)
  }

  private ask(words: string, data: EventData["question"]): void {
    this.wait(null)
    const decides = data.form !== "next"
    const view = questionView(words, data, (pick, group, pressed) => {
      this.press(group, pressed)
      this.asked = decides ? { view, words, shown: pick.shown ?? pick.option } : null
      this.presses.choose(words, pick, decides)
    })
    this.put(view)
  }

  private raw(words: string): void {
    this.words?.end(true)
    this.wait(null)
    this.put(rawView(words))
  }

  private fail(words: string, data: EventData["failure"]): void {
    const button = (name: string, label: string) => this.button(name, label)
    if (!data.raw) {
      this.wait(null)
      this.words?.end(true)
      const view = failureView(words, data, button)
      const last = this.root.lastElementChild
      return last?.matches(".acts:not(.stopper)") ? last.before(view) : this.put(view) // what broke, then what to do
    }
    this.raw(words)
    const buttons = failureButtons(data, button)
    if (buttons) this.put(buttons)
  }

  private button(name: string, label: string): HTMLButtonElement {
    const button = h(
      "button",
      {
        type: "button",
        class: "small",
        onclick: () => {
          this.press(button.closest<HTMLElement>(".acts"), button)
          this.presses.act(name, label)
        },
      },
      label,
    )
    return button
  }
}
