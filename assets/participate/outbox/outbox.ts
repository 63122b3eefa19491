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

export const browserWaits: Waits = {
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  chance: () => Math.random(),
}

export class Outbox {
  private waiting: Entry[] = []
  private running = false
  private failures = 0
  private wake: (() => void) | null = null
  private idle: (() => void)[] = []
  private turnedAway = false
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
    return this.failures > 0
  }

  /** Whether the server does not take what this page sends; it is kept and tried all the same. */
  get barred(): boolean {
    return this.turnedAway
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
    this.wake?.()
    void this.run()
  }

  /** The page may go away: the browser sends the rest on. The shelf keeps all until the server says that it came. */
  flush(): void {
    let room = KEEPALIVE_CHARS
    for (const entry of this.waiting) {
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
      for (let entry = this.waiting[0]; entry && !this.ended; entry = this.waiting[0]) await this.attempt(entry)
    } finally {
      this.running = false
    }
    if (!this.waiting.length) for (const done of this.idle.splice(0)) done()
  }

  private async attempt(entry: Entry): Promise<void> {
    const sent = await this.post(entry, false).catch((): Sent => ({ kind: "retry", after: null }))
    if (!this.waiting.includes(entry)) return // thrown away in the meantime
    if (sent.kind === "retry") {
      this.waiting = [...this.waiting.filter((other) => other !== entry), entry] // one that fails holds up no other
      const delay = retryDelay(this.failures++, sent.after, this.waits.chance())
      this.turnedAway = !!sent.barred
      this.calls.changed?.()
      return this.pause(delay)
    }
    this.failures = 0
    this.turnedAway = false
    await this.shelf.remove(entry.id).catch(() => {}) // sent once more by the next page, which does no harm
    this.waiting = this.waiting.filter((other) => other !== entry)
    this.calls.settled(entry, sent)
    this.calls.changed?.()
  }

  private async pause(ms: number): Promise<void> {
    const woken = new Promise<void>((done) => (this.wake = done))
    await Promise.race([this.waits.sleep(ms), woken])
    this.wake = null
  }
}
