/** Live asks: one question at a time to the model, its loading and queueing told by the ask box. */
import type { AskBox } from "../controls/ask"
import { LiveAnswer, LOST_PROBLEM, type LiveEvents } from "./live"
import type { Play } from "../stage/play"
import { hasWords, isLast, type Ask, type LiveSource } from "../protocol"

const TOKEN_TIMEOUT_MS = 60_000 // milliseconds for the page to bring a new token, from a server that began anew too
const TOKEN_RETRY_MS = 3_000 // milliseconds after which the page is asked for it again: it may not have been connected

export interface LiveCalls {
  source(): LiveSource | null
  renew(count: number): void
  pressed(): number // when what is handled now was pressed
  ask: AskBox
  begin(play: Play, zero: number): void
  over(play: Play): void
  redraw(): void
}

interface Asked {
  readonly play: Play
  readonly ask: Ask
  readonly enter: () => void
  readonly leave: () => void
  readonly token: string
  readonly pressed: number
  waited: boolean // whether the person was told to wait, for the model or for the answer before
  retried: boolean
  begun: boolean
}

export class LiveAsks {
  private now: Asked | null = null
  private later: Asked[] = []
  private renewals = 0
  private waiting: ReturnType<typeof setInterval> | null = null

  constructor(private readonly calls: LiveCalls) {}

  /** Whether a question is on its way or being answered. */
  get busy(): boolean {
    return this.now !== null
  }

  /**
   * Asks, or waits until the answer before is complete. `enter` clears the stage once the model begins, so that
   * nothing is lost before; `leave` is called instead where it never does.
   */
  ask(play: Play, ask: Ask, enter: () => void, leave: () => void = () => {}): void {
    const asked: Asked = {
      play,
      ask,
      enter,
      leave,
      token: "",
      pressed: this.calls.pressed(),
      waited: this.busy,
      retried: false,
      begun: false,
    }
    if (this.now) this.later.push(asked)
    else this.take(asked)
  }

  /** Stops the answer on the server; what came stays, and what waits is not asked. */
  stop(): void {
    for (const waiting of this.later.splice(0)) waiting.leave()
    const asked = this.now
    if (!asked) return
    asked.play.live?.stop()
    if (!asked.begun) this.end(asked)
  }

  /** The page brought new data: if it has the token that was waited for, the question is asked again. */
  renewed(): void {
    const asked = this.now
    const token = this.calls.source()?.token
    if (!asked || !this.waiting || !token || token === asked.token) return
    this.rest()
    this.send(asked)
  }

  private take(asked: Asked): void {
    this.now = asked
    this.calls.ask.explain(null)
    this.send(asked)
  }

  private send(asked: Asked): void {
    const source = this.calls.source()
    if (!source)
      return this.fail(asked, {
        what: "No model can be asked at the moment.",
        kept: "Your question is still in the box.",
      })
    Object.assign(asked, { token: source.token })
    const live = new LiveAnswer(source, this.listener(asked))
    asked.play.live = live
    asked.play.streaming = true
    this.calls.ask.tell("Asking the model …")
    this.calls.redraw()
    void live.ask(asked.ask)
  }

  private listener(asked: Asked): LiveEvents {
    const current = () => this.now === asked
    const { ask } = this.calls
    return {
      loading: (share, words) => current() && this.wait(asked, words || "Loading the model", share),
      queued: (place, words) =>
        current() && this.wait(asked, words || `Waiting for the model: place ${place} in the queue.`),
      start: (wall) => current() && this.start(asked, wall),
      event: (pane, event) => asked.play.runs.find((run) => run.pane === pane)?.queue.push(event),
      rest: () => current() && ask.tell("The rest of the answer is being recorded. Stop keeps what came."),
      kept: (kept, answers) => void Object.assign(asked.play, { kept, answers }),
      problem: (problem) => current() && this.fail(asked, problem),
      refused: () => current() && this.refused(asked),
      over: (lost) => this.over(asked, lost),
    }
  }

  private wait(asked: Asked, words: string, share: number | null = null): void {
    asked.waited = true
    this.calls.ask.tell(words, share)
  }

  /** The clock began at the press; for those who were told to wait, it begins with the answer. */
  private start(asked: Asked, wall: number): void {
    if (asked.begun) return
    const now = performance.now()
    const zero = asked.waited ? now : asked.pressed
    asked.begun = true
    asked.play.transit = wall ? (Date.now() - (now - zero)) / 1000 - wall : null
    this.now = null // entering clears what played before, and must not stop this one
    asked.enter()
    this.now = asked
    this.calls.ask.tell("")
    this.calls.begin(asked.play, zero)
    this.calls.redraw()
  }

  private refused(asked: Asked): void {
    if (asked.retried)
      return this.fail(asked, {
        what: "The server did not let this page ask.",
        kept: "Your question is still in the box.",
        do: "Reload the page, then ask again.",
      })
    asked.retried = true
    const end = performance.now() + TOKEN_TIMEOUT_MS
    this.waiting = setInterval(() => {
      if (performance.now() > end) return this.fail(asked, LOST_PROBLEM)
      this.wait(asked, "Finding the server again …")
      this.calls.renew(++this.renewals)
    }, TOKEN_RETRY_MS)
    this.calls.renew(++this.renewals)
  }

  private over(asked: Asked, lost: boolean): void {
    asked.play.lost = lost
    if (this.now !== asked) return void this.settle(asked)
    if (!asked.begun)
      return lost
        ? this.fail(asked, LOST_PROBLEM)
        : this.fail(asked, {
            what: "The model did not begin to answer.",
            kept: "Your question is still in the box.",
            do: "Ask again.",
          })
    this.breakOff(asked, lost ? "The connection was lost." : "The answer stopped coming.")
    this.end(asked)
  }

  /** Panes that are still waiting say why nothing more comes, and keep what they have. */
  private breakOff(asked: Asked, words: string): void {
    for (const run of asked.play.runs) {
      if (run.closed || run.queue.some(isLast)) continue
      const at = Math.max(run.queue.at(-1)?.at ?? 0, run.painted.at(-1)?.at ?? 0)
      const kept = run.painted.some(({ event }) => hasWords(event))
        ? "What came before it is kept."
        : "Nothing of it had come yet."
      run.queue.push({
        at,
        kind: "failure",
        text: words,
        data: { detail: `${kept} Ask again to get a whole answer.`, fault: "cut" },
      })
    }
  }

  private fail(asked: Asked, problem: Parameters<AskBox["explain"]>[0]): void {
    this.calls.ask.explain(problem)
    if (asked.begun) this.breakOff(asked, "The answer stopped coming.")
    this.end(asked)
  }

  private end(asked: Asked): void {
    this.rest()
    if (this.now === asked) this.now = null
    this.calls.ask.tell("")
    if (!asked.begun) asked.leave()
    this.settle(asked)
    const next = this.now ? undefined : this.later.shift()
    if (next) this.take(next)
  }

  private settle(asked: Asked): void {
    asked.play.streaming = false
    this.calls.over(asked.play)
  }

  private rest(): void {
    if (this.waiting) clearInterval(this.waiting)
    this.waiting = null
  }
}
