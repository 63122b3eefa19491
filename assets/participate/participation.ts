/** Participation: one person's way through a study, from the opened page to its end. */
import type { Timeline } from "../player/protocol"
import { Refused, Unreached, type Api } from "./api"
import { retryDelay } from "./outbox/backoff"
import { browserWaits, Outbox } from "./outbox/outbox"
import { browserShelf, type Entry } from "./outbox/shelf"
import type { Memory } from "./memory"
import type { Going } from "./plugins/barrier"
import { loadPlayer } from "./plugins/watch"
import type { AnswerData, Begun, Joined, Step, Values } from "./protocol"
import { Session, WITHDREW } from "./session"
import type { Taking } from "./taking"
import { Timelines } from "./timelines"
import type { Frame } from "./view/frame"
import type { Words } from "./words"

const SCREEN_WAIT_MS = 2000 // milliseconds for the server to say that a questionnaire ended it
const SLOW_MS = 4000
const LOOK_MS = 250

/** The server does not let a person take part, by the name of its reason. */
export class TurnedAway extends Error {}

export interface Asking {
  readonly link: string
  readonly params: Readonly<Record<string, string>>
  readonly preview?: string // what opens a preview
  readonly rehearse?: string // what opens a rehearsal
}

export class Participation implements Taking {
  readonly session: Session
  readonly outbox: Outbox
  private readonly timelines: Timelines
  private remark = ""

  constructor(
    private readonly api: Api,
    private readonly memory: Memory,
    private readonly asking: Asking,
    private readonly begun: Begun,
    readonly frame: Frame,
    readonly words: Words,
    readonly rehearses: boolean,
  ) {
    this.outbox = new Outbox(browserShelf(), (entry, alive) => api.send(entry, alive), {
      settled: (entry, sent) => this.session.settle(entry, sent),
      changed: () => this.changed(),
    })
    this.session = new Session(this.outbox, begun.consent ?? null, begun.state !== "preview")
    this.timelines = new Timelines((id) => api.timeline(id))
    this.listen()
  }

  /** Takes up what an earlier page left, and goes on where the person was. */
  async resume(): Promise<void> {
    const { state, ticket = "", steps = [], done = [], end, anew } = this.begun
    if (state === "preview") return
    await this.outbox.load()
    if (!ticket) return
    this.memory.keepTicket(ticket)
    const left = this.outbox.entries.some((entry) => entry.ticket === ticket)
    if (done.length || left) this.remark = this.words.say(anew ? "part_anew" : "welcome_back")
    this.joined({ ticket, steps, done, ...(end && { end }) })
  }

  async join(values: Values): Promise<void> {
    const { state, steps = [] } = this.begun
    if (state === "preview") return this.joined({ ticket: "", steps, done: [] })
    const asked = { ...this.asking, id: this.memory.joinId, browser: browserFacts(), consent: values }
    const joined = await persist(
      () => this.api.join(asked),
      () => this.frame.announce(this.words.say("slow_connection")),
    ).catch((error: unknown) => {
      throw error instanceof Refused ? new TurnedAway(error.code) : error
    })
    this.memory.keepTicket(joined.ticket)
    this.memory.forgetJoin()
    this.joined(joined)
  }

  async keep(step: Step, data: AnswerData): Promise<void> {
    const id = await this.session.answer(step.id, data)
    if (step.kind !== "questions") return
    const sent = this.until(() => !this.outbox.entries.some((entry) => entry.id === id) || this.session.over)
    await Promise.race([sent, browserWaits.sleep(SCREEN_WAIT_MS)])
  }

  timeline(id: string): Promise<Timeline> {
    return this.timelines.get(id)
  }

  prepare(step: Step | null): void {
    this.timelines.prepare(step)
  }

  async settle(tell: (how: Going) => void): Promise<void> {
    if (!this.session.kept) return this.session.finish({ kind: "complete", title: "", text: "", code: "", url: "" })
    const begun = performance.now()
    const look = (): boolean => {
      const late = performance.now() - begun > SLOW_MS
      const trouble = this.outbox.trouble(this.session.ticket)
      tell(trouble === "barred" ? "barred" : late && trouble ? "slow" : "waits")
      if (this.session.over || this.session.leaving) return this.session.over
      return !this.own.length
    }
    await this.until(look)
    if (this.session.over || this.session.current) return
    const asked = persist(
      () => this.api.state(this.session.ticket),
      () => tell("slow"),
    )
    const state = await asked.catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error
      this.session.stop("gone")
    })
    if (!state) return
    const known = new Set(this.session.steps.map(({ id }) => id))
    if (state.steps.some((id) => !known.has(id))) return location.reload() // another page has begun a part anew
    this.session.refresh(state.done)
    if (state.end) this.session.finish(state.end)
    else if (!this.session.current) await browserWaits.sleep(SLOW_MS) // all is there, and the end is still to come
  }

  takeRemark(): string {
    const { remark, session } = this
    this.remark = ""
    return session.refused ? this.words.say("refused_note") : remark
  }

  /** The person withdraws: what is here is deleted at once, and the server is asked until it has deleted the rest. */
  async leave(): Promise<void> {
    if (!this.session.kept) return this.session.finish(WITHDREW)
    await this.session.leave()
  }

  private joined(joined: Joined): void {
    this.session.join(joined)
    this.changed()
    if (joined.steps.some(({ kind }) => kind === "trial")) loadPlayer().catch(() => {}) // told when the trial comes
    this.prepare(this.session.current)
    this.prepare(this.session.following)
  }

  private changed(): void {
    this.frame.tellUnsent(this.own.filter(({ kind }) => kind === "answer").length)
  }

  /** What this person gave and the server has not confirmed; the outbox may hold what others gave in this browser. */
  private get own(): readonly Entry[] {
    const { ticket } = this.session
    return this.outbox.entries.filter((entry) => entry.ticket === ticket)
  }

  private listen(): void {
    window.addEventListener("online", () => this.outbox.kick())
    window.addEventListener("pageshow", () => this.outbox.kick())
    window.addEventListener("pagehide", () => this.outbox.flush())
    document.addEventListener("visibilitychange", () => (document.hidden ? this.outbox.flush() : this.outbox.kick()))
  }

  private async until(fits: () => boolean): Promise<void> {
    while (!fits()) await browserWaits.sleep(LOOK_MS)
  }
}

/** Asks until there is an answer; `slow` is called each time that there was none. A refusal is an error. */
export async function persist<T>(ask: () => Promise<T>, slow: () => void): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Unreached)) throw error
      slow()
      await browserWaits.sleep(retryDelay(tries, error.after, Math.random()))
    }
  }
}

/** What is kept of a browser: how large it is, how it is used, and its language. */
const browserFacts = (): Record<string, string | number | boolean> => ({
  width: innerWidth,
  height: innerHeight,
  ratio: Math.round(devicePixelRatio * 100) / 100,
  touch: navigator.maxTouchPoints > 0,
  language: navigator.language,
  embedded: window.parent !== window,
})
