/** What the page tells the player and what the player tells the page. All times are seconds since Send. */
import { ANSWERING, BREAKING, LAST, type Event, type Marks } from "./events"

/** The events of one pane, and what follows each thing a person can press in it. */
export interface Timeline {
  readonly events: readonly Event[]
  readonly branches?: Readonly<Record<string, Timeline>>
}

export interface PaneSpec {
  readonly key: string
  readonly name: string
  readonly summary: string
  readonly prototype: string
  readonly timeline: Timeline
  readonly plain?: boolean // called by its name alone
  readonly model?: string // who answers in this pane, where panes have answers of their own
  readonly question?: string // what this pane was asked, where panes were asked differently
}

export interface Recording {
  readonly id: string
  readonly model: string
  readonly scripted: boolean
  readonly made: string
  readonly ending: string // how the answer ended, in words; "" where by itself
  readonly ids?: readonly string[] // of all answers on screen, where panes have answers of their own
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly title?: string
  readonly opens?: "panel" // where what can be turned after it is chosen: at the page's side
}

/** A number that is turned over given steps; `after` follows it in words. */
export interface Knob {
  readonly name: string
  readonly label: string
  readonly steps: readonly number[]
  readonly value: number
  readonly unit: string
  readonly after: string
}

/** A line of the designer's own words. */
export interface TextLine {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly longest: number
}

export interface Row {
  readonly name: string
  readonly label: string
  readonly options: readonly Option[]
  readonly value: string
  readonly more?: {
    readonly label: string
    readonly groups: readonly { readonly label: string; readonly options: readonly Option[] }[]
  }
  readonly about?: string // what the row is, in a sentence
  readonly says?: string // its part of the line that says what is set
  readonly note?: string // on what the choice rests
  readonly knob?: Knob
  readonly words?: TextLine
}

export interface LiveSource {
  readonly url: string
  readonly token: string
  readonly model: string
}

/** A written question that fits the one that was typed, to be chosen by its value. */
export interface Offer extends Option {
  readonly asked: string
  readonly same: boolean // whether it asks the same, but for case and punctuation; else only something near
}

/** A play for everybody: its id, when it begins (ms, the server's clock), and where that clock is read. */
export interface SharedMoment {
  readonly id: string
  readonly at: number
  readonly clock: string
}

/** A countdown for everybody: when it ends (ms, the server clock), or null while it stands still, and what is left. */
export interface SharedTimer {
  readonly id: string
  readonly at: number | null
  readonly left: number
  readonly clock: string
}

/** What somebody said of a moment of a pane, in seconds since Send. */
export interface Pin {
  readonly pane: string
  readonly moment: number | null // null where it is of no moment
  readonly text: string
  readonly who: string
}

/** What is said of a pane, or of a pattern of it, "" for none. */
export type NewPin = Omit<Pin, "who"> & { readonly pattern: string }

export interface PlayerData {
  readonly key?: string // which player this is, where a page has several
  readonly play_set: string
  readonly comparison: string // the prototypes and the weather, whatever the answer
  readonly autoplay?: boolean // whether other timelines play at once
  readonly plays?: string // what a person asked to see play: another one plays at once
  readonly together?: SharedMoment | null // the last play for everybody who has this on screen
  readonly timer?: SharedTimer | null // the countdown for everybody who has this on screen
  readonly pins?: readonly Pin[] // what was said of moments; absent where nothing can be said
  readonly patterns?: Readonly<Record<string, readonly (readonly [string, string])[]>> // by pane, with titles
  readonly prompt: string
  readonly lead?: readonly [string, string] | null
  readonly panes: readonly PaneSpec[]
  readonly recording: Recording
  readonly rows?: readonly Row[]
  readonly live?: LiveSource | null
  readonly away?: string // why no model can be asked, and what to do
  readonly reveal?: boolean // whether names and seconds may be seen; absent where nobody rates
  readonly felt?: Readonly<Record<string, readonly (number | null)[]>> // seconds that the person said, by pane
  readonly longest?: number
  readonly open?: string | null // the pane whose dials are open; absent where there are no dials
  readonly found?: Offer | null // what was written for the question in the box
  readonly told?: boolean // whether the page wants to hear when other timelines are on screen
  readonly alone?: boolean // in a file of its own: there is nobody to ask
}

export interface PaneReport {
  readonly id: string
  readonly pane: string
  readonly prototype: string
  readonly scheduled: Marks
  readonly painted: Marks
  readonly freeze: number
  readonly hidden: boolean // the tab was hidden, or the pane off the screen as its first words or its end came
  readonly resized: boolean
  readonly stopped: boolean
  readonly broke: boolean
  readonly lag: { readonly n: number; readonly p50: number; readonly p95: number; readonly max: number }
}

/** Where each pane's own answer was kept, by the pane's key. */
export type PaneAnswers = Readonly<Record<string, string>>

export interface PlayReport {
  readonly play: string
  readonly comparison: string
  readonly live: boolean
  readonly recording: string // the answer on screen; of a live one where it was kept, or ""
  readonly answers?: PaneAnswers // of a live answer of several models
  readonly choices: readonly Choice[]
  readonly attempt: number
  readonly partial: string
  readonly panes: readonly PaneReport[]
}

/** Something went wrong, said so that a person can act on it. */
export interface Problem {
  readonly what: string
  readonly kept?: string
  readonly do?: string
}

/** How the player speaks to whatever holds it. */
export interface Callbacks {
  seen?(seen: PlayReport): void
  // `instead` of what was, or comes, on the page
  kept?(kept: { recording: string; instead: string[]; answers?: PaneAnswers }): void
  renew?(count: number): void
  live?(begun: boolean): void // whether the panes show an answer that is not kept yet
  loaded?(playSet: string): void // other timelines are on screen
  dials?(pane: string): void
  row?(choice: { name: string; value: string }): void
  pinned?(pin: NewPin): void
  typed?(question: string): void // a question of one's own stands in the box
}

/** One choice a person made when a prototype asked back. */
export interface Choice {
  readonly question: string
  readonly option: string
}

/** What a live answer is asked for. */
export interface Ask {
  readonly text: string
  readonly panes: readonly string[]
  readonly choices: readonly Choice[]
  readonly attempt: number
  readonly partial: string
}

/** Whether a stream says nothing more after this event. */
export const isLast = (event: Event): boolean => LAST.has(event.kind)

/** Whether a person reads words of the answer here. */
export const hasWords = (event: Event): boolean => ANSWERING.has(event.kind) && !!event.text

/** Whether the answer ended in a failure here. */
export const isBreak = (event: Event | undefined): boolean => !!event && BREAKING.has(event.kind)

export const asText = (value: unknown): string => (typeof value === "string" ? value : "")
