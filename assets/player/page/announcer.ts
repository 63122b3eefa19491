/** Announcer: tells who listens each new sentence while it is written, once for all panes, and then what differs. */
import { h } from "../dom"

const PAUSE_MS = 700 // milliseconds between two looks at what was written
const SENTENCE = /[^.!?\n]+(?:[.!?]+(?=\s|$)["'”’)]*|[.!?]+\S[^.!?\n]*)*\n*/g

/** A pane as it is heard: what it is called, and all that can be read in it. */
export interface HeardPane {
  readonly title: string
  readonly spoken: string
}

export class Announcer {
  private readonly said = new Set<string>()
  private next = 0

  /** `root` is where it speaks; a page with one such place for everything brings its own. */
  constructor(
    readonly root: HTMLElement = h("div", { class: "unseen", "aria-live": "polite" }),
    private readonly alike = "complete, in the words that were read already.",
  ) {}

  /** All panes begin: everything is new again. */
  begin(): void {
    this.root.replaceChildren()
    this.said.clear()
  }

  /** Says the sentences that are complete by now and were not said for another pane. */
  follow(panes: () => Iterable<HeardPane>, now = performance.now()): void {
    if (now < this.next) return
    this.next = now + PAUSE_MS
    for (const { spoken } of panes()) this.say(this.fresh(sentencesIn(spoken).slice(0, -1)).join(" "))
  }

  /** A pane is done: says what it has beside what was said already. */
  close({ title, spoken }: HeardPane): void {
    const rest = this.fresh(sentencesIn(spoken)).join(" ")
    this.say(`${title}: ${rest || this.alike}`)
  }

  private fresh(sentences: readonly string[]): string[] {
    const fresh = sentences.filter((sentence) => !this.said.has(sentence))
    for (const sentence of fresh) this.said.add(sentence)
    return fresh
  }

  private say(words: string): void {
    if (words) this.root.append(h("p", {}, words))
  }
}

/** The sentences of a text; the last may still be open. */
export const sentencesIn = (text: string): string[] =>
  (text.match(SENTENCE) ?? []).map((sentence) => sentence.trim()).filter(Boolean)
