/** What the server and a phone in a room say to each other. */
import type { Item, Values } from "../participate/protocol"

export interface PhonePane {
  readonly key: string
  readonly question: string
  readonly timeline: string
}

/** A scene as a phone gets it: without names, and without what is right. */
export interface PhoneScene {
  readonly key: string
  readonly title: string
  readonly panes: readonly PhonePane[] // none where phones only say what they saw
  readonly asked: Readonly<Record<string, readonly Item[]>> // by step
  readonly ends_s?: number // from the start until everything has played on the projector
}

export interface Joined {
  readonly ticket: string
  readonly room: string
  readonly phones: "own" | "follow"
  readonly scenes: readonly PhoneScene[]
  readonly done: readonly string[]
  readonly ended: boolean
}

/** Where the presenter is. */
export interface RoomNow {
  readonly scene: string
  readonly asks: string // the step that is asked now, "" for none
  readonly ended: boolean
  readonly host: boolean // whether the stage was heard of lately
  readonly poll_s: number
}

/** What is sent for one step. `seen`: by pane, seconds until its answer was painted whole, where it was seen well. */
export interface VoteData {
  readonly items: Values
  readonly order: string
  readonly seen: Readonly<Record<string, number>>
}
