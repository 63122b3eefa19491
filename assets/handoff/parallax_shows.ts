/** Shows: how sure the model is, and how what was found is shown, as it stands in prototype.json. */

/** How sure the model is, from 0 to 1, and why there may be no score. */
export interface Score {
  readonly source: "mean" | "lowest" | "product" | "agreement" | "estimate"
  readonly look: number
  readonly points: readonly (readonly [score: number, probability: number])[]
  readonly line: { readonly slope: number; readonly shift: number } | null
  readonly unknown: string
  readonly unheard: string
  readonly numberless: string
  readonly ask: string
}

/** How found lines are shown. */
export type Show =
  | {
      readonly as: "list"
      readonly tone: string
      readonly title: string
      readonly most: number | null
      readonly fold: string | null
    }
  | {
      readonly as: "columns"
      readonly title: string
      readonly most: number
      readonly even: boolean
      readonly sides: readonly string[]
    }
  | { readonly as: "sources"; readonly most: number; readonly claims: boolean; readonly preview: boolean }
  | ShowSteps

/** Found lines as signs of waiting. */
export interface ShowSteps {
  readonly as: "steps"
  readonly title: string
  readonly most: number
  readonly dwell: number
  readonly keep: boolean
}

/** Further answers on a card. */
export interface ShowAlternatives {
  readonly same: string
  readonly as: "alternatives"
  readonly title: string
  readonly order: "as they came" | "most alike" | "most different"
}

/** Whether further answers agree. */
export interface ShowAgreement {
  readonly as: "agreement"
  readonly asked: readonly string[]
  readonly apart: string
  readonly same: string | null
  readonly items: boolean
}
