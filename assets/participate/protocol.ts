/** What the server and the participant's page say to each other. Times are milliseconds since a step was shown. */
import type { PlayReport } from "../player/protocol"

export interface Choices {
  readonly value: string
  readonly label: string
}

interface ItemBase {
  readonly name: string
  readonly text: string
  readonly required?: boolean
  readonly pane?: string // which assistant it is about, where there are two
  readonly help?: string
}

export interface SliderItem extends ItemBase {
  readonly kind: "slider"
  readonly low: string
  readonly high: string
  readonly least?: number
  readonly most?: number
  readonly step?: number
}

export interface ScaleItem extends ItemBase {
  readonly kind: "scale"
  readonly low: string
  readonly high: string
  readonly points: number
  readonly least?: number // what the first point stands for
  readonly labels?: readonly string[]
}

export interface ChoiceItem extends ItemBase {
  readonly kind: "choice"
  readonly options: readonly Choices[]
  readonly several?: boolean
}

export interface TextItem extends ItemBase {
  readonly kind: "text"
  readonly lines?: number
  readonly longest?: number
}

export interface SecondsItem extends ItemBase {
  readonly kind: "seconds"
  readonly longest?: number
  readonly step?: number
}

/** Its value is that of the option; own words follow that after a colon. */
export interface AcceptItem extends ItemBase {
  readonly kind: "accept"
  readonly options: readonly Choices[]
}

/** One thing that a person is asked. */
export type Item = SliderItem | ScaleItem | ChoiceItem | TextItem | SecondsItem | AcceptItem

export interface StepPane {
  readonly key: string
  readonly label: string
  readonly timeline: string
  readonly prototype: string
  readonly recording: string
}

export interface ConsentStep {
  readonly id: string
  readonly kind: "consent"
  readonly title?: string
  readonly text: string
  readonly agree?: string
  readonly decline?: string
  readonly items?: readonly Item[]
}

export interface TextStep {
  readonly id: string
  readonly kind: "text"
  readonly title: string
  readonly text: string
  readonly button?: string
}

export interface WatchStep {
  readonly id: string
  readonly kind: "practice" | "trial"
  readonly title?: string
  readonly text?: string
  readonly number: number
  readonly of: number
  readonly prompt: string
  readonly layout: "one" | "side"
  readonly panes: readonly StepPane[]
  readonly first?: Item
  readonly after?: readonly Item[]
}

export interface QuestionsStep {
  readonly id: string
  readonly kind: "questions"
  readonly title: string
  readonly text?: string
  readonly items: readonly Item[]
}

/** One screen of a participant. */
export type Step = ConsentStep | TextStep | WatchStep | QuestionsStep

/** How a participation came to its end, and where the person goes from here. */
export interface End {
  readonly kind: "complete" | "screened" | "failed" | "withdrew"
  readonly title: string
  readonly text: string
  readonly code: string
  readonly url: string
  readonly person?: string // by which the person can ask for what is kept of them
}

export interface StudyWords {
  readonly id?: string
  readonly title: string
  readonly language: string
  readonly rtl?: boolean
  readonly texts?: Readonly<Record<string, string>>
  readonly contact?: string
  readonly iframe_origin?: string
}

export type BeginState = "new" | "open" | "ended" | "closed" | "paused" | "full" | "preview"

/** What the server says when the page is opened. */
export interface Begun {
  readonly state: BeginState
  readonly code?: string // why nobody can take part, where the state does not say all
  readonly study: StudyWords
  readonly consent?: ConsentStep
  readonly ticket?: string
  readonly steps?: readonly Step[]
  readonly done?: readonly string[]
  readonly end?: End
  readonly again?: string // what asks for the steps, since a part that was broken off is begun anew then
  readonly anew?: boolean // whether it was begun anew now
}

export interface Joined {
  readonly ticket: string
  readonly steps: readonly Step[]
  readonly done: readonly string[]
  readonly end?: End
}

export type Values = Readonly<Record<string, string | number | readonly string[]>>

/** Something that a person did while an answer was watched. */
export interface Act {
  readonly at_ms: number
  readonly pane: string
  readonly act: string
  readonly text?: string
}

/** A play as it is sent: what the player reports, and which recording each pane played. */
export type StudyPlay = PlayReport & { readonly recordings: Readonly<Record<string, string>> }

/** How long a person took: until the questions showed, until the first of them was touched, until all were given. */
export interface Took {
  readonly shown_ms: number
  readonly first_ms: number | null
  readonly answered_ms: number
}

/** What happened to the page while a step was on it; the zoom is that of two fingers. */
export interface PageFacts {
  readonly hidden_ms: number
  readonly hides: number
  readonly pagehides: number
  readonly resizes: number
  readonly width: number
  readonly height: number
  readonly zoom: number
}

/** Signs of whether a person answers. They are shown to who reads the results, and decide nothing here. */
export interface SignCounts {
  readonly keys: number
  readonly pastes: number
  readonly untrusted: number
  readonly webdriver: boolean
  readonly trap: string
}

/** What is sent for one step. */
export interface AnswerData {
  readonly items: Values
  readonly took: Took
  readonly play?: readonly StudyPlay[]
  readonly acts?: readonly Act[]
  readonly frame_ms?: number | null // the middle time between two frames, before the trial
  readonly page: PageFacts
  readonly signs: SignCounts
}
