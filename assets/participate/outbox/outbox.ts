/** Outbox: every answer is kept in the browser until the server says that it has committed it. */
import type { End } from "../protocol"
import { retryDelay } from "./backoff"
import type { Entry, Shelf } from "./shelf"

/** What came of sending an entry once. */
export type Sent =
  | { readonly kind: "committed"; readonly end?: End | undefined }
  | { readonly kind: "answered"; readonly done: readonly string[]; readonly end?: End | undefined } // by another id
  | { readonly kind: "refused"; readonly code: string } // it can never be kept
  | { readonly kind: "gone"; readonly code: string; readonly end?: End | undefined } // the participation is no more
  | { readonly kind: "retry"; readonly after: number | null; readonly barred?: boolean } // milliseconds asked for

export type Post = (entry: Entry, keepalive: boolean) => Promise<Sent>

/** Where waiting and chance come from; a test brings its own. */
export interface Waits {
  sleep(ms: number): Promise<void>
  chance(): number
}

export interface OutboxCalls {
  settled(entry: Entry, sent: Sent): void
  changed?(): void
}

const KEEPALIVE_CHARS = 60_000 // characters that a browser sends on for a page that has gone
const LONGEST_BARRED_MS = 60 * 24 * 3_600_000 // milliseconds; longer than any link can be gone on with

/** How it goes with the entries of one participation that fail: tries in a row, and how long they rest. */
interface Trouble {
  readonly tries: number
  readonly barred: boolean
  rest: number // milliseconds
}

export const browserWaits: Waits = {
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  chance: () => Math.random(),
}

export class Outbox {
  private waiting: Entry[] = []
  private running = false
  private readonly troubles = new Map<string, Trouble>() // by ticket: one participation holds up no other
  private wake: (() => void) | null = null
  private idle: (() => void)[] = []
  private ended = false

  constructor(
    private readonly shelf: Shelf,
    private readonly post: Post,
    private readonly calls: OutboxCalls,
    private readonly waits: Waits = browserWaits,
  ) {}

  /** What is not committed yet, in the order in which it was given. */
  get entries(): readonly Entry[] {
    return this.waiting
  }

  /** Whether sending fails at the moment. */
  get failing(): boolean {
    return this.troubles.size > 0
  }

  /** Whether sending fails for who has this ticket, and whether the server turns them away; it is still tried. */
  trouble(ticket: string): "" | "fails" | "barred" {
    const found = this.troubles.get(ticket)
    return !found ? "" : found.barred ? "barred" : "fails"
  }

  /** Takes up what an earlier page left behind, and sends it. */
  async load(): Promise<void> {
    const known = new Set(this.waiting.map(({ id }) => id))
    const left = (await this.shelf.all()).filter(({ id }) => !known.has(id))
    this.waiting = [...left, ...this.waiting].sort((one, other) => one.at - other.at)
    this.calls.changed?.()
    void this.run()
  }

  /** Keeps an entry, and sends it as soon as it can. It is on the shelf when this resolves. */
  async put(entry: Entry): Promise<void> {
    await this.shelf.put(entry)
    this.waiting.push(entry)
    this.calls.changed?.()
    this.kick()
  }

  /** Throws entries away unsent. */
  async discard(fits: (entry: Entry) => boolean): Promise<void> {
    const gone = this.waiting.filter(fits)
    this.waiting = this.waiting.filter((entry) => !fits(entry))
    for (const { ticket } of gone) this.troubles.delete(ticket)
    for (const { id } of gone) await this.shelf.remove(id)
    this.calls.changed?.()
  }

  /** Resolves once nothing waits. */
  drained(): Promise<void> {
    if (!this.waiting.length) return Promise.resolve()
    return new Promise((done) => this.idle.push(done))
  }

  /** Sends now, whatever was waited for: the network is back, or the page is looked at again. */
  kick(): void {
    for (const trouble of this.troubles.values()) trouble.rest = 0
    this.wake?.()
    void this.run()
  }

  /** The page may go away: the browser sends the rest on. The shelf keeps all until the server says that it came. */
  flush(): void {
    let room = KEEPALIVE_CHARS
    const last = ({ ticket }: Entry): number => Number(this.troubles.get(ticket)?.barred ?? false)
    for (const entry of [...this.waiting].sort((one, other) => last(one) - last(other))) {
      room -= entry.body.length
      if (room > 0) void this.post(entry, true).catch(() => {})
    }
  }

  /** Sends no more from this page. */
  stop(): void {
    this.ended = true
    this.wake?.()
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      while (this.waiting.length && !this.ended) {
        const entry = this.waiting.find(({ ticket }) => !this.restOf(ticket))
        await (entry ? this.attempt(entry) : this.pause())
      }
    } finally {
      this.running = false
    }
    if (!this.waiting.length) for (const done of this.idle.splice(0)) done()
  }

  private async attempt(entry: Entry): Promise<void> {
    const sent = await this.post(entry, false).catch((): Sent => ({ kind: "retry", after: null }))
    if (!this.waiting.includes(entry)) return // thrown away in the meantime
    if (sent.kind === "retry" && !(sent.barred && Date.now() - entry.at > LONGEST_BARRED_MS)) {
      this.waiting = [...this.waiting.filter((other) => other !== entry), entry] // one that fails holds up no other
      const tries = this.troubles.get(entry.ticket)?.tries ?? 0
      const rest = Math.max(1, retryDelay(tries, sent.after, this.waits.chance()))
      this.troubles.set(entry.ticket, { tries: tries + 1, barred: !!sent.barred, rest })
      return this.calls.changed?.()
    }
    this.troubles.delete(entry.ticket)
    await this.shelf.remove(entry.id).catch(() => {}) // sent once more by the next page, which does no harm
    this.waiting = this.waiting.filter((other) => other !== entry)
    if (sent.kind !== "retry") this.calls.settled(entry, sent)
    this.calls.changed?.()
  }

  private restOf(ticket: string): number {
    return this.troubles.get(ticket)?.rest ?? 0
  }

  /** Waits until the first of those that rest may be tried again, or somebody kicks. */
  private async pause(): Promise<void> {
    const ms = Math.min(...this.waiting.map(({ ticket }) => this.restOf(ticket)))
    const woken = new Promise<void>((done) => (this.wake = done))
    await Promise.race([this.waits.sleep(ms), woken])
    this.wake = null
    for (const trouble of this.troubles.values()) trouble.rest = Math.max(0, trouble.rest - ms)
  }
}
