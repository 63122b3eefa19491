/** Deck: what a stage gets of the deck that it shows. */
import type { Timeline } from "../player/protocol"
import type { Findings } from "./resultsview"
import { isStageKey, tell } from "./stagewords"

export interface Beat {
  readonly name: string // show, ready, play, reveal; before, play-1 …, after, verdict, shipped
  readonly asks: string // the step that phones answer meanwhile, "" for none
  readonly closes: string
}

export interface DeckPane {
  readonly key: string
  readonly name: string
  readonly question: string
  readonly timeline: string
  readonly outcome: string // right, wrong, or "" where nobody knows
  readonly recording: string
  readonly prototype: string
  readonly model: string
  readonly written: boolean
  readonly clock: number // seconds to the end
}

export interface DeckScene {
  readonly key: string
  readonly kind: string
  readonly title: string
  readonly text: string
  readonly notes: string
  readonly blind: boolean
  readonly sequence: boolean // panes come one after the other
  readonly live?: boolean // whether a model is asked while it plays
  readonly panes: readonly DeckPane[]
  readonly asked: Readonly<Record<string, readonly unknown[]>>
  readonly beats: readonly Beat[]
}

/** What one room said of the deck, where a file has it with it. */
export interface KeptRoom extends Findings {
  readonly code: string
  readonly day: string
  readonly people: number
}

export interface Deck {
  readonly id: string
  readonly name: string
  readonly phones: "own" | "follow"
  readonly scenes: readonly DeckScene[]
  readonly timelines: Readonly<Record<string, Timeline>>
  readonly said?: KeptRoom
  readonly language?: string // none in a deck of an earlier version
}

/** Where a presenter is; scene -1 is the cover. */
export interface Place {
  readonly scene: number
  readonly beat: number
}

export const COVER: Place = { scene: -1, beat: 0 }

/** The place after this one, or before it; at the edges, the same. */
export function placeBeside({ scenes }: Deck, { scene, beat }: Place, by: 1 | -1): Place {
  const beats = scenes[scene]?.beats.length ?? 1
  if (by === 1) {
    if (beat + 1 < beats) return { scene, beat: beat + 1 }
    return scene + 1 < scenes.length ? { scene: scene + 1, beat: 0 } : { scene, beat }
  }
  if (beat > 0) return { scene, beat: beat - 1 }
  if (scene <= 0) return COVER
  return { scene: scene - 1, beat: scenes[scene - 1]!.beats.length - 1 }
}

/** The beat at a place; null on the cover. */
export const beatAt = ({ scenes }: Deck, { scene, beat }: Place): Beat | null => scenes[scene]?.beats[beat] ?? null

/** The question that all panes beside each other answer; "" where they answer several, or one pane is alone. */
export const sharedQuestion = (panes: readonly DeckPane[]): string =>
  panes.length > 1 && new Set(panes.map(({ question }) => question)).size === 1 ? panes[0]!.question : ""

/** What a scene is called where it has no title. */
export function sceneTitle({ title, kind }: Pick<DeckScene, "title" | "kind">): string {
  const key = `kind_${kind}`
  return title || (isStageKey(key) ? tell(key) : "")
}

const BEAT_WORDS: Readonly<Record<string, string>> = {
  show: "shown",
  ready: "the question",
  play: "answers play",
  reveal: "reveal",
  before: "the room guesses",
  after: "the room says what it saw",
  verdict: "the room says whether to ship it",
  shipped: "what the room would ship",
}

/** A beat in words for its presenter. */
export const beatWords = (name: string): string =>
  BEAT_WORDS[name] ?? (name.startsWith("play-") ? `answer ${name.slice(5)}` : name)
