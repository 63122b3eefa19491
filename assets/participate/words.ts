/** Words: everything that the page itself says, in the language of the study. */
import ar from "./texts/ar.json"
import de from "./texts/de.json"
import en from "./texts/en.json"

type Plain<Key extends string> = Key extends `${infer Stem}_${"one" | "other"}` ? Stem : never

/** A text by its name. */
export type WordKey = Exclude<keyof typeof en, "rtl" | "plurals" | "player">

/** A text that has a form for each kind of number. */
export type CountedKey = Plain<keyof typeof en>

type Values = Readonly<Record<string, string | number>>
type Texts = Readonly<Record<string, string | boolean | readonly string[] | Readonly<Record<string, string>>>>

/** The texts that come along, by language. */
export const TEXTS: Readonly<Record<string, Texts>> = { en, de, ar }

export class Words {
  private readonly texts: Texts
  private readonly rules: Intl.PluralRules

  /** `own` are texts of the study, which take the place of those that come along. */
  constructor(
    readonly language: string,
    rtl?: boolean,
    own: Readonly<Record<string, string>> = {},
  ) {
    const ours = TEXTS[shortName(language)] ?? en
    this.texts = { ...en, ...ours, ...own }
    this.rtl = rtl ?? ours["rtl"] === true
    this.phrases = ours["player"] as Readonly<Record<string, string>>
    this.rules = pluralRules(language)
  }

  /** What the player says around an answer, by the English phrase. */
  readonly phrases: Readonly<Record<string, string>>

  readonly rtl: boolean

  /** A text, with values put into its places. */
  say(key: WordKey, values: Values = {}): string {
    return this.filled(key, values)
  }

  /** A text about so many things. */
  count(key: CountedKey, count: number, values: Values = {}): string {
    const fitting = `${key}_${this.rules.select(count)}`
    return this.filled(fitting in this.texts ? fitting : `${key}_other`, { count, ...values })
  }

  private filled(key: string, values: Values): string {
    const text = this.texts[key]
    return (typeof text === "string" ? text : "").replace(/{(\w+)}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    )
  }
}

/** The language of the texts that fit best what a browser prefers; English where none does. */
export const preferredLanguage = (preferred: readonly string[]): string =>
  preferred.map(shortName).find((name) => name in TEXTS) ?? "en"

const shortName = (language: string): string => language.toLowerCase().split("-")[0] ?? ""

function pluralRules(language: string): Intl.PluralRules {
  try {
    return new Intl.PluralRules(language)
  } catch {
    return new Intl.PluralRules("en")
  }
}
