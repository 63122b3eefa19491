/** Room words: what a phone in a room says and asks, in the language that its browser prefers. */
import { preferredLanguage, Words } from "../participate/words"
import type { Item } from "../participate/protocol"
import ar from "./texts/ar.json"
import de from "./texts/de.json"
import en from "./texts/en.json"

type RoomKey = Exclude<keyof typeof en, "asked">
type RoomTexts = Readonly<Record<RoomKey, string>> & { readonly asked: Readonly<Record<string, string>> }

export const ROOM_TEXTS: Readonly<Record<string, RoomTexts>> = { en, de, ar }
const COUNTED = /^(.*) There are (\d+)\.$/ // what a check asks: a question, and of how many

export class RoomWords extends Words {
  private readonly own: RoomTexts

  constructor(language = preferredLanguage(navigator.languages)) {
    super(language)
    this.own = ROOM_TEXTS[this.language] ?? en
  }

  /** A text of the room's own, with values put into its places. */
  tell(key: RoomKey, values: Readonly<Record<string, string | number>> = {}): string {
    return this.own[key].replace(/{(\w+)}/g, (whole, name: string) => String(values[name] ?? whole))
  }

  /** Why the server said no, in this language where it is known, else in the server's own words. */
  refusal(code: string, told: string): string {
    const key = `problem_${code}`
    return key in this.own ? this.tell(key as RoomKey) : told
  }

  /** What the server asks in English, in this language; other texts are the presenter's and stay. */
  asked(text: string): string {
    const counted = COUNTED.exec(text)
    if (counted) return `${this.asked(counted[1]!)} ${this.tell("there_are", { count: counted[2]! })}`
    return this.own.asked[text] ?? text
  }

  /** An item as it is asked in this language. */
  item(item: Item): Item {
    const text = this.asked(item.text)
    if (item.kind === "slider" || item.kind === "scale")
      return { ...item, text, low: this.asked(item.low), high: this.asked(item.high) }
    if (item.kind !== "choice") return { ...item, text }
    return { ...item, text, options: item.options.map((one) => ({ ...one, label: this.asked(one.label) })) }
  }

  /** Tells the page which language it is in, and from which side that is read. */
  dress(page: HTMLElement): void {
    page.lang = this.language
    page.dir = this.rtl ? "rtl" : "ltr"
  }
}
