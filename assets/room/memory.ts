/** Memory: what leads a phone back into its room, and what it answered halfway, in the browser's storage. */
import { randomId } from "../player/dom"
import { localStorageIfAny } from "../participate/outbox/shelf"
import type { Values } from "../participate/protocol"

const PREFIX = "parallax-room"

/** What was answered of a step so far. */
export interface Half {
  readonly values: Values
  readonly seen: Readonly<Record<string, number>>
  readonly panes: number // how many panes are behind
}

const NOTHING: Half = { values: {}, seen: {}, panes: 0 }

export class RoomMemory {
  private readonly held = new Map<string, string>() // where the browser has no storage

  constructor(
    readonly code: string,
    private readonly storage: Storage | null = localStorageIfAny(),
  ) {}

  /** The id of this phone in this room. */
  get id(): string {
    const known = this.read("id") || randomId()
    this.write("id", known)
    return known
  }

  get ticket(): string {
    return this.read("ticket")
  }

  set ticket(ticket: string) {
    this.write("ticket", ticket)
  }

  /** The room is over or was another one: whoever comes next is somebody new. */
  forget(): void {
    this.write("id", "")
    this.write("ticket", "")
  }

  half(step: string): Half {
    try {
      return { ...NOTHING, ...(JSON.parse(this.read(`step:${step}`) || "{}") as Partial<Half>) }
    } catch {
      return NOTHING
    }
  }

  keepHalf(step: string, half: Half | null): void {
    this.write(`step:${step}`, half ? JSON.stringify(half) : "")
  }

  /** Seconds since this phone began to wait for what a step is about, also before the page was loaded again. */
  waitedFor(step: string): number {
    const begun = Number(this.read(`wait:${step}`)) || Date.now()
    this.write(`wait:${step}`, String(begun))
    return Math.max(0, Date.now() - begun) / 1000
  }

  /** The wait for a step is over, or the presenter went elsewhere: it begins anew. */
  forgetWait(step: string): void {
    this.write(`wait:${step}`, "")
  }

  private read(name: string): string {
    const key = `${PREFIX}:${this.code}:${name}`
    try {
      return this.storage?.getItem(key) ?? this.held.get(key) ?? ""
    } catch {
      return this.held.get(key) ?? ""
    }
  }

  private write(name: string, value: string): void {
    const key = `${PREFIX}:${this.code}:${name}`
    this.held.set(key, value)
    try {
      if (value) this.storage?.setItem(key, value)
      else this.storage?.removeItem(key)
    } catch {
      // Refused or full: the page itself remembers while it is open.
    }
  }
}
