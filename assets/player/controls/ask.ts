/** Ask: the box a person writes in, the two buttons, and one line that says how it stands. */
import { freshId, h, setText, setAttribute } from "../dom"
import { MAX_PROMPT_CHARS } from "../events"
import type { Offer, PlayerData, Problem } from "../protocol"

export interface AskCalls {
  play(): void
  ask(text: string): void
  stop(): void
  typed(question: string): void
  choose(written: string): void
}

export interface AskState {
  readonly prompt: string
  readonly longest: number
  readonly live: string | null // the model's name; null where none can be asked
  readonly playing: boolean
  readonly played: boolean
  readonly away: string // why no model can be asked
  readonly alone: boolean // whether only the recorded answer can be played, ever
  readonly later: boolean // whether a change waits for the end of the answer
  readonly found: Offer | null // what is written for a question that was typed
}

/** What the box shows of the page's data; `later`: whether a change waits for the end of the answer. */
export const askStateFor = (data: PlayerData, playing: boolean, played: boolean, later: boolean): AskState => {
  const { prompt, longest = MAX_PROMPT_CHARS, live, alone = false, away = "", found = null } = data
  return { prompt, longest, live: live?.model ?? null, playing, played, alone, away, later, found }
}

const TYPED_MS = 250 // milliseconds without a key before a question is looked up
const AROUND_WORDS = /^(?:(?![#%&@.])\p{P})+|(?:(?![#%&@])\p{P})+$/gu // what C#, C++ and .NET begin and end with stays
const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => word.replace(AROUND_WORDS, ""))
    .filter(Boolean)
    .join(" ") || text.trim()
const COUNTED_FROM_SHARE = 0.8 // of the longest text: from here on the characters are counted

export class AskBox {
  readonly root: HTMLElement
  private readonly box = h("textarea", { rows: 1, dir: "auto", spellcheck: true, "aria-label": "Your question" })
  private readonly primary = h("button", { type: "button", class: "go" })
  private readonly secondary = h("button", { type: "button", class: "second" })
  private readonly line = h("p", { class: "line", role: "status" })
  private readonly count = h("span", { class: "count num" })
  private readonly fill = h("i")
  private readonly bar = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": "Loading the model",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      hidden: true,
    },
    this.fill,
  )
  private readonly trouble = h("div", { class: "trouble", role: "alert", hidden: true })
  private state: AskState = {
    prompt: "",
    longest: MAX_PROMPT_CHARS,
    live: null,
    playing: false,
    played: false,
    alone: false,
    away: "",
    later: false,
    found: null,
  }
  private typing: ReturnType<typeof setTimeout> | undefined
  private said = ""
  private asked = "" // what a model answers now; "" where nothing does
  private early = false // whether Enter was pressed while something plays

  constructor(private readonly calls: AskCalls) {
    const id = freshId("line")
    this.line.id = id
    setAttribute(this.box, "aria-describedby", id)
    this.box.addEventListener("input", () => {
      clearTimeout(this.typing)
      this.typing = setTimeout(() => this.changed && this.calls.typed(this.box.value.trim()), TYPED_MS)
      this.draw()
    })
    this.box.addEventListener("keydown", (event) => this.key(event))
    // The second click of a double click, or a key held down, would stop what the first one began.
    this.primary.addEventListener("click", (event) => event.detail < 2 && this.submit())
    this.primary.addEventListener("keydown", (event) => event.repeat && event.preventDefault())
    this.secondary.addEventListener("click", () => this.other())
    this.root = h(
      "div",
      { class: "asking" },
      h("div", { class: "ask" }, this.box, h("div", { class: "buttons" }, this.primary, this.secondary)),
      h("div", { class: "under" }, this.line, this.count, this.bar),
      this.trouble,
    )
  }

  /** Shows a state; the box follows the recorded prompt only where the person wrote nothing of their own. */
  show(state: AskState): void {
    if (state.prompt !== this.state.prompt && (!this.box.value.trim() || !this.changed)) this.box.value = state.prompt
    this.state = state
    this.early &&= state.playing
    if (!state.playing) this.asked = ""
    this.draw()
  }

  /** Puts a question back into the box, as if the person had written it, and says why it is there. */
  giveBack(question: string, why: Problem): void {
    this.box.value = question
    this.draw()
    this.explain(why)
  }

  /** Puts a question into the box, as if the person had written it, and goes there. */
  fillIn(question: string): void {
    this.box.value = question
    this.draw()
    this.box.focus()
  }

  /** After an answer of one's own: the box takes the prompt as it was kept, unless the person wrote on. */
  follow(asked: string, kept: string): void {
    if (this.box.value === asked) this.box.value = kept
  }

  /** Says how a live question stands; empty words bring the usual hint back. */
  tell(words: string, share: number | null = null): void {
    this.said = words
    this.bar.hidden = share === null
    if (share !== null) {
      this.fill.style.transform = `scaleX(${Math.min(1, Math.max(0, share))})`
      setAttribute(this.bar, "aria-valuenow", Math.round(share * 100))
    }
    this.draw()
  }

  /** Shows what went wrong, what was kept and what to do; null takes it away. */
  explain(problem: Problem | null): void {
    this.trouble.hidden = !problem
    this.trouble.replaceChildren()
    if (!problem) return
    const rest = [problem.kept, problem.do].filter(Boolean).join(" ")
    this.trouble.append(h("p", { dir: "auto" }, h("strong", {}, problem.what), rest && ` ${rest}`))
  }

  private playWritten({ value }: Offer): void {
    this.box.value = "" // so that it takes the question as it is written
    this.calls.choose(value)
    this.box.focus()
  }

  /** What is written for the question in the box or a near one, where it is not on the screen; null for nothing. */
  private get offered(): Offer | null {
    const { found } = this.state
    return this.changed && found?.asked === this.box.value.trim() ? found : null
  }

  /** The written answer that Enter plays: to the same question, or to a near one where no model can be asked. */
  private get ready(): Offer | null {
    return this.offered?.same || this.state.live === null ? this.offered : null
  }

  /** Whether the box asks something else than what is on the screen, be it in other words. */
  private get changed(): boolean {
    const { prompt, found } = this.state
    const typed = this.box.value.trim()
    const known = found?.value === "" && found.asked === typed
    return !known && typed !== prompt.trim() && plainWords(typed) !== plainWords(prompt)
  }

  /** Whether another question stands in the box than the one that is being answered. */
  private get another(): boolean {
    return this.box.value.trim() !== (this.asked || this.state.prompt).trim()
  }

  private get canAsk(): boolean {
    const length = this.box.value.trim().length
    return this.state.live !== null && length > 0 && length <= this.state.longest
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    if (event.repeat) return
    this.early = this.state.playing
    if (this.early) this.draw()
    else if (!this.primary.disabled) this.submit()
  }

  private submit(): void {
    clearTimeout(this.typing) // a question that is asked is not looked up: the page would be drawn while words come
    if (this.state.playing) return this.calls.stop()
    if (this.ready) this.playWritten(this.ready)
    else if (this.changed) this.ask()
    else this.calls.play()
  }

  private other(): void {
    clearTimeout(this.typing)
    if (this.offered && !this.ready) this.playWritten(this.offered)
    else if (this.changed && !this.offered) this.calls.play()
    else this.ask()
  }

  private ask(): void {
    const asked = this.box.value
    this.calls.ask(asked)
    this.asked = asked
    this.draw()
  }

  private draw(): void {
    const { playing, played, longest } = this.state
    const play = played ? "Play again" : "Play"
    const [live, written] = ["Ask the model live", "Play written answer"]
    const { changed, offered, ready } = this
    const asks = changed && !ready // what is not written is asked at once
    const replay = offered ? written : played ? "Replay the recording" : "Play the recording"
    setText(this.primary, playing ? "Stop" : asks ? live : ready ? written : play)
    setText(this.secondary, asks ? replay : live)
    this.root.classList.toggle("changed", changed)
    this.secondary.hidden = this.box.readOnly = this.state.alone
    this.primary.classList.toggle("stop", playing)
    const focused = (this.root.getRootNode() as ShadowRoot).activeElement
    this.primary.disabled = !playing && asks && !this.canAsk
    this.secondary.disabled = playing || (!asks && !this.canAsk)
    if (focused?.matches(":disabled")) (this.primary.disabled ? this.box : this.primary).focus()
    const length = this.box.value.length
    setText(
      this.count,
      length > longest * COUNTED_FROM_SHARE ? `${length.toLocaleString("en")} / ${longest.toLocaleString("en")}` : "",
    )
    this.count.classList.toggle("over", length > longest)
    setText(this.line, this.early ? this.wait() : this.said || this.hint(length))
    this.grow()
  }

  private wait(): string {
    return this.another
      ? "Your question waits in the box. Press Enter again when this answer is complete, or Stop to ask now."
      : "It is still playing. Press Enter again when it is complete, or Stop to end it now."
  }

  private hint(length: number): string {
    const { live, longest, playing, away, later, alone } = this.state
    if (playing && later) return "Your change is shown when this answer is complete."
    if (playing && this.another && this.canAsk)
      return "Playing. Press Enter when this answer is complete to ask your question, or Stop to ask now."
    if (playing) return "Playing. Stop keeps what is on the screen."
    if (alone) return "Enter plays the recorded answer."
    if (length > longest)
      return `That is longer than the model reads. Shorten it to ${longest.toLocaleString("en")} characters.`
    if (this.ready) return `Enter plays the answer that was written for “${this.ready.label}”.`
    if (this.offered) return `There is a written answer to “${this.offered.label}”. Enter asks ${live}.`
    if (live === null)
      return this.changed
        ? `No model can be asked at the moment. The recorded answer can still be played. ${away}`
        : `Enter plays the recorded answer. No model can be asked live at the moment. ${away}`
    if (this.changed && !this.box.value.trim()) return "There is nothing to ask yet. Type a question."
    return this.changed
      ? `Enter asks ${live}. Shift + Enter starts a new line.`
      : "Enter plays the recorded answer. Write something else to ask the model live."
  }

  private grow(): void {
    if (CSS.supports?.("field-sizing", "content")) return
    this.box.style.height = "auto"
    this.box.style.height = `${this.box.scrollHeight + 2}px`
  }
}
