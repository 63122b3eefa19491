/** Session: one participation as this page knows it: the steps, what is answered, and how it ended. */
import { randomId } from "../player/dom"
import type { Outbox, Sent } from "./outbox/outbox"
import type { Entry } from "./outbox/shelf"
import type { AnswerData, ConsentStep, End, Joined, Step } from "./protocol"

/** Why this page goes no further. */
export type Stop = "gone" | "taken"

/** The end of who withdrew, in the page's own words. */
export const WITHDREW: End = { kind: "withdrew", title: "", text: "", code: "", url: "" }

export class Session {
  readonly tab = randomId()
  ticket = ""
  end: End | null = null
  stopped: Stop | null = null
  leaving = false // whether the person withdraws
  refused = "" // the step whose answer could not be kept, until it is given again
  private all: readonly Step[] = []
  private joined = false
  private done = new Set<string>()
  private last = 0
  private waiting: (() => void)[] = []

  constructor(
    readonly outbox: Pick<Outbox, "put" | "entries" | "discard">,
    readonly consent: ConsentStep | null,
    readonly kept = true, // whether anything is sent; a preview sends nothing
  ) {}

  get steps(): readonly Step[] {
    return this.all
  }

  /** How many steps are behind the person. */
  get behind(): number {
    return this.all.filter(({ id }) => this.done.has(id)).length
  }

  /** The step that comes now; null once none is left. */
  get current(): Step | null {
    if (this.leaving) return null
    if (!this.joined) return this.consent
    return this.all.find(({ id }) => !this.done.has(id)) ?? null
  }

  /** The step after that, which can be prepared. */
  get following(): Step | null {
    return this.all.filter(({ id }) => !this.done.has(id))[1] ?? null
  }

  get over(): boolean {
    return this.end !== null || this.stopped !== null
  }

  /** Goes on with what the server has, and what still lies in the outbox. */
  join({ ticket, steps, done, end }: Joined): void {
    this.ticket = ticket
    this.all = steps
    this.joined = true
    this.refresh(done)
    this.leaving = this.outbox.entries.some((entry) => entry.ticket === ticket && entry.kind === "leave")
    if (end) this.finish(end)
  }

  /** What the server has counts, and what it will have. */
  refresh(done: readonly string[]): void {
    const sending = this.outbox.entries.filter((entry) => entry.ticket === this.ticket && entry.kind === "answer")
    this.done = new Set([...done, ...sending.map(({ step }) => step)])
  }

  /** Passes over all steps before one: a preview can begin anywhere. */
  skipTo(step: string): void {
    const at = this.all.findIndex(({ id }) => id === step)
    for (const { id } of this.all.slice(0, Math.max(0, at))) this.done.add(id)
  }

  /** Keeps the answer to a step: in the outbox when this resolves. Gives its id. */
  async answer(step: string, data: AnswerData): Promise<string> {
    const id = randomId()
    if (this.refused === step) this.refused = ""
    if (this.kept) {
      const body = JSON.stringify({ id, step, tab: this.tab, data })
      await this.outbox.put({ id, kind: "answer", ticket: this.ticket, step, body, at: this.moment() })
    }
    this.done.add(step)
    return id
  }

  /** Throws away what was not sent, and asks the server to delete the rest. */
  async leave(): Promise<void> {
    this.leaving = true
    this.wake()
    await this.outbox.discard(({ ticket }) => ticket === this.ticket)
    const body = JSON.stringify({ tab: this.tab })
    await this.outbox.put({ id: randomId(), kind: "leave", ticket: this.ticket, step: "", body, at: this.moment() })
  }

  /** The server said something about an entry. */
  settle(entry: Entry, sent: Sent): void {
    if (entry.ticket !== this.ticket) return // left behind by somebody else
    if (sent.kind !== "refused" && sent.kind !== "retry" && sent.end) this.finish(sent.end)
    if (sent.kind === "answered") this.refresh(sent.done)
    if (sent.kind === "refused") {
      this.done.delete(entry.step)
      this.refused = entry.step
    }
    if (sent.kind === "gone" && entry.kind === "leave") this.finish(WITHDREW)
    else if (sent.kind === "gone") this.stop("gone")
  }

  finish(end: End): void {
    this.end ??= end
    this.wake()
  }

  stop(why: Stop): void {
    this.stopped ??= why
    this.wake()
  }

  /** Resolves once it is over, whatever is on the page. */
  async ended(): Promise<void> {
    while (!this.over) await this.news()
  }

  /** Resolves once the person withdraws, or it is over. */
  async left(): Promise<void> {
    while (!this.over && !this.leaving) await this.news()
  }

  private news(): Promise<void> {
    return new Promise((done) => this.waiting.push(done))
  }

  private wake(): void {
    for (const done of this.waiting.splice(0)) done()
  }

  /** A number that grows with each answer, also over a reload. */
  private moment(): number {
    this.last = Math.max(this.last + 1, Date.now())
    return this.last
  }
}
