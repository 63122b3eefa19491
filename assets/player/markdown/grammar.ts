/** Grammar: CommonMark and GFM as markdown-it reads them. HTML stays the letters it is, and no picture is fetched. */
import MarkdownIt, { type Env, type StateInline, type Token } from "markdown-it"

export type { Token }
export type References = NonNullable<Env["references"]>

/** An emphasis that was opened and not closed: its sign, whether it stands in a word, and how much has followed. */
export interface OpenSign {
  readonly inWord: boolean
  readonly betweenLetters: boolean // a star in a word, and no digit beside it
  readonly sign: string
  readonly letters: number
}

// Of the basic plane.
const LETTERS_OF_CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u
const STAR = 42

const parser = new MarkdownIt({ breaks: true, linkify: true })
parser.normalizeLink = (address) => address.replaceAll("\\", "%5C") // the browser writes the rest
parser.normalizeLinkText = (address) => address // shown as it was written
parser.linkify.set({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true })
const matchAddresses = parser.linkify.match.bind(parser.linkify)
parser.linkify.test = (words) => /www\.|[@:]/i.test(words) // of each run alone, whatever stands before it
parser.linkify.match = (words) => matchAddresses(words) ?? []
parser.linkify.add("www.", {
  validate(text, at, self) {
    const length = self.testSchemaAt(`//www.${text.slice(at)}`, "https:", 0)
    return Math.max(0, length - "//www.".length)
  },
  normalize: (match) => void (match.url = `http://${match.url}`),
})
parser.inline.ruler2.after("balance_pairs", "open_signs", (state) => {
  if (state.env.openSigns) noteOpenSigns(state)
})

const Inline = parser.inline.State
parser.inline.State = class extends Inline {
  /** Scripts without spaces between words would never close a bold phrase that ends in a point or a bracket. */
  override scanDelims(start: number, canSplitWord: boolean): ReturnType<StateInline["scanDelims"]> {
    const found = super.scanDelims(start, canSplitWord)
    if (this.src.charCodeAt(start) !== STAR) return found
    const before = start ? this.src[start - 1]! : " "
    const after = this.src[start + found.length] ?? " "
    if (!LETTERS_OF_CJK.test(before) && !LETTERS_OF_CJK.test(after)) return found
    return {
      ...found,
      can_open: found.can_open || !/\s/u.test(after),
      can_close: found.can_close || !/\s/u.test(before),
    }
  }
}

function noteOpenSigns(state: StateInline): void {
  const open = state.env.openSigns as OpenSign[]
  for (const found of state.delimiters) {
    if (found.end >= 0 || !found.open) continue
    const sign = String.fromCharCode(found.marker)
    const after = state.tokens.slice(found.token + 1)
    const letter = letterBefore(state.tokens, found.token)
    const next = after.find(({ content }) => content !== state.tokens[found.token]!.content)?.content ?? ""
    open.push({
      sign: sign === "~" ? "~~" : sign,
      inWord: letter !== "",
      betweenLetters: sign === "*" && /\p{L}/u.test(letter) && /^\p{L}/u.test(next),
      letters: after.reduce((sum, token) => sum + token.content.length, 0),
    })
  }
}

/** The letter right before the signs at the index `at`, or ""; in scripts without spaces it says nothing. */
function letterBefore(tokens: readonly Token[], at: number): string {
  let before = at - 1
  while (tokens[before]?.content === tokens[at]!.content) before--
  const letter = /[\p{L}\p{N}]$/u.exec(tokens[before]?.content ?? "")?.[0] ?? ""
  return LETTERS_OF_CJK.test(letter) ? "" : letter
}

/** The blocks of a text; addresses that it defines are added to `references`. */
export function parseBlocks(text: string, references: References): Token[] {
  const tokens: Token[] = []
  parser.block.parse(text, parser, { references }, tokens)
  return tokens
}

/** The tokens of one run of words. Signs that are still open are added to `openSigns`. */
export function parseInline(words: string, references: References, openSigns?: OpenSign[]): Token[] {
  return parser.parseInline(words, { references, openSigns })[0]?.children ?? []
}
