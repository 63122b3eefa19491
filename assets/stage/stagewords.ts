/** Stage words: what the projector says, in the language of the deck. What is computed of a room stays English. */
import { RoomWords } from "../room/roomwords"
import type { DeckScene } from "./deck"
import ar from "./texts/ar.json"
import de from "./texts/de.json"
import en from "./texts/en.json"

export type StageKey = keyof typeof en
type StageTexts = Readonly<Record<StageKey, string>>
type Counted<Key extends string> = Key extends `${infer Stem}_other` ? Stem : never
type Values = Readonly<Record<string, string | number>>

export const STAGE_TEXTS: Readonly<Record<string, StageTexts>> = { en, de, ar }

let texts: StageTexts = en
let words = new RoomWords("en")

/** Lets everything on this page speak a language, and the page itself say which one it is. */
export function speakLanguage(language = "en"): void {
  const known = language in STAGE_TEXTS ? language : "en"
  texts = STAGE_TEXTS[known]!
  words = new RoomWords(known)
  words.dress(document.documentElement)
}

/** The words of phones, in this language. */
export const phoneWords = (): RoomWords => words

/** Whether there is a text of this name. */
export const isStageKey = (key: string): key is StageKey => key in en

/** A text, with values put into its places. */
export const tell = (key: StageKey, values: Values = {}): string =>
  texts[key].replace(/{(\w+)}/g, (whole, name: string) => String(values[name] ?? whole))

/** A text about so many things. */
export const tellCount = (stem: Counted<StageKey>, count: number, values: Values = {}): string =>
  tell(`${stem}_${count === 1 ? "one" : "other"}` as StageKey, { count, ...values })

/** The name of a pane: a prototype's stays, what the deck itself called it is said in this language. */
export function paneName({ kind }: Pick<DeckScene, "kind">, name: string): string {
  if (kind === "sweep") {
    const [, seconds] = WAIT_NAME.exec(name) ?? []
    return seconds ? tell("pane_wait", { seconds }) : name
  }
  const key = (PANE_KEYS[kind] ?? []).find((one) => en[one] === name)
  return key ? tell(key) : name
}

const WAIT_NAME = /^([\d.]+) s to the first word$/
const PANE_KEYS: Readonly<Record<string, readonly StageKey[]>> = {
  trust: ["pane_right", "pane_wrong"],
  messy: ["pane_clean", "pane_messy"],
}
