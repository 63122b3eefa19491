/** Taking: everything that the steps of one participation share. Plugins reach it here, since what jsPsych is given it
 * copies whole. */
import type { Timeline } from "../player/protocol"
import type { Frame } from "./view/frame"
import type { AnswerData, Step, Values } from "./protocol"
import type { Going } from "./plugins/barrier"
import type { Session } from "./session"
import type { Words } from "./words"

export interface Taking {
  readonly session: Session
  readonly frame: Frame
  readonly words: Words
  readonly rehearses: boolean
  /** Joins after consent; resolves once it has joined, or the page says why it has not. */
  join(values: Values): Promise<void>
  /** Keeps an answer before it resolves. */
  keep(step: Step, data: AnswerData): Promise<void>
  /** The timeline with this id. */
  timeline(id: string): Promise<Timeline>
  /** Fetches what a step needs ahead of it. */
  prepare(step: Step | null): void
  /** Waits until nothing is left to send, telling how it goes; whether the server then knows of an end. */
  settle(tell: (how: Going) => void): Promise<void>
  /** A sentence that is said above the next step, once; "" for none. */
  takeRemark(): string
}

let now: Taking | null = null

export const setTaking = (taking: Taking): void => void (now = taking)

/** The participation of this page. Error where there is none. */
export function taking(): Taking {
  if (!now) throw new Error("no participation has begun")
  return now
}
