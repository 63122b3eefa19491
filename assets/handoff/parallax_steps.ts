/** Steps: what a prototype is made of, as it stands in prototype.json. Each is played by the function of its name. */

import type { EventJson } from "./parallax_events.ts"
import type { Content } from "./parallax_lines.ts"
import type { Score, Show, ShowAgreement, ShowAlternatives } from "./parallax_shows.ts"

export type { Score, Show, ShowAgreement, ShowAlternatives, ShowSteps } from "./parallax_shows.ts"

export interface Release {
  readonly step: "release"
  readonly unit: "token" | "word" | "sentence"
  readonly cursor: boolean
}

export interface Pace {
  readonly step: "pace"
  readonly rate: number
  readonly buffer: number
}

export interface Hold {
  readonly step: "hold"
  readonly sign: EventJson | null
  readonly give_up: { readonly at: number; readonly words: string } | null
  readonly leave: { readonly at: number; readonly words: string; readonly ready: string } | null
  readonly draft: { readonly swap: number } | null
}

export interface Delay {
  readonly step: "delay"
  readonly seconds: number
}

export interface Signs {
  readonly step: "signs"
  readonly signs: readonly EventJson[]
}

export interface Before {
  readonly step: "before"
  readonly events: readonly EventJson[]
  readonly once: boolean
}

export interface After {
  readonly step: "after"
  readonly events: readonly EventJson[]
  readonly on: readonly string[]
  readonly whole: boolean
  readonly attempts: number | null
}

export interface More {
  readonly step: "more"
  readonly place: "before" | "after" | "waiting"
  readonly content: Content
  readonly show: Show
  readonly sign: EventJson | null
}

export interface Offer {
  readonly step: "offer"
  readonly question: string
  readonly content: Content
  readonly most: number
  readonly assumed: boolean
}

export interface Clarify {
  readonly step: "clarify"
  readonly when: "always" | "short" | "differ"
  readonly short: number
  readonly threshold: number
  readonly maximum: number
  readonly sign: EventJson
  readonly question: string
  readonly options: readonly string[]
  readonly other: boolean
  readonly content: Content | null
}

export interface Agree {
  readonly step: "agree"
  readonly question: string
  readonly options: readonly string[]
  readonly other: boolean
  readonly content: Content | null
  readonly most: number | null
  readonly sign: EventJson | null
  readonly stakes: readonly string[] | null
  readonly quiet: readonly string[] | null
  readonly instead: Readonly<Record<string, string>>
  readonly stops: Readonly<Record<string, string>>
  readonly decided: string | null
  readonly delay: number
  readonly more: Readonly<Record<string, unknown>>
}

/** The probability as a number, and what is known of the answers of a test with about this one. */
export interface Percent {
  readonly digits: number
  readonly words: string
  readonly legend: string | null
  readonly near: number
  readonly counts: readonly (readonly [percent: number, answers: number, right: number])[]
  readonly none: string
  readonly some: string
  readonly basis: string
}

/** The kind of question that a calibration was measured with: words, tokens of the answer, a question mark. */
export interface MeasuredKind {
  readonly question: number
  readonly answer: number
  readonly asks: boolean
  readonly remark: string
}

/** What a verdict says that is only of a part of the answer: behind its text, and before its legend. */
export interface AnswerPart {
  readonly short: string
  readonly remark: string
}

export interface Verdict {
  readonly step: "verdict"
  readonly score: Score
  readonly cuts: readonly { readonly from: number; readonly event: EventJson | null }[]
  readonly floored: boolean
  readonly percent: Percent | null
  readonly measured: MeasuredKind | null
  readonly parts: { readonly cut: AnswerPart; readonly rest: AnswerPart }
}

export interface Hedge {
  readonly step: "hedge"
  readonly score: Score
  readonly threshold: number
  readonly words: string
}

export interface Abstain {
  readonly step: "abstain"
  readonly score: Score
  readonly threshold: number
  readonly words: string
  readonly redirect: string
  readonly anyway: string | null
  readonly sign: string | null
}

export interface Highlight {
  readonly step: "highlight"
  readonly unit: "word" | "phrase"
  readonly threshold: number
  readonly palette: string
  readonly unknown: string
}

export interface AskAgain {
  readonly step: "ask_again"
  readonly count: number
  readonly show: ShowAlternatives | ShowAgreement
  readonly unknown: string
}

export interface Told {
  readonly step: "told"
  readonly faults: Readonly<Record<string, readonly string[]>>
  readonly other: readonly string[]
  readonly raw: boolean
  readonly kept: string
  readonly keep: boolean
  readonly empty: boolean
  readonly needs_words: boolean
  readonly excepted: readonly string[]
  readonly labels: readonly string[] | null
  readonly technical: boolean
  readonly data: Readonly<Record<string, unknown>>
}

export interface Retry {
  readonly step: "retry"
  readonly says: readonly string[]
  readonly back_off: number
  readonly excepted: readonly string[]
}

export interface Fallback {
  readonly step: "fallback"
  readonly earlier: boolean
  readonly template: string
  readonly disclosed: { readonly earlier: string; readonly template: string } | null
}

export interface Handoff {
  readonly step: "handoff"
  readonly wanted: string | null
  readonly offered: string
  readonly on_failure: boolean
  readonly on_answer: boolean
  readonly label: string
  readonly data: Readonly<Record<string, unknown>>
  readonly says: Readonly<Record<"question" | "chosen" | "answer" | "none" | "wrong", string>>
  readonly longest: number
}

export interface Refusal {
  readonly step: "refusal"
  readonly refuses: string
  readonly longest: number
  readonly no: string
  readonly reason: string
  readonly path: readonly string[]
  readonly options: boolean
  readonly would: string
  readonly otherwise: string
}

export interface Stable {
  readonly step: "stable"
  readonly note: string
}

/** One step; where it is `hidden`, it also plays the turns that nobody sees, which all others pass on. */
export type Step = PlayedStep & { readonly hidden: boolean }

type PlayedStep =
  | Release
  | Pace
  | Hold
  | Delay
  | Signs
  | Before
  | After
  | More
  | Offer
  | Clarify
  | Agree
  | Verdict
  | Hedge
  | Abstain
  | Highlight
  | AskAgain
  | Told
  | Retry
  | Fallback
  | Handoff
  | Refusal
  | Stable

/** The step of one kind. */
export type StepOf<Kind extends Step["step"]> = Extract<Step, { step: Kind }>
