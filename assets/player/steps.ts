/** Steps: which way a person went in one pane, and what that asks for next. */
import type { Choice, Timeline } from "./protocol"

/** What was chosen, which attempt this is, and the words to go on from. */
export interface Steps {
  readonly path: readonly string[] // names of branches from the beginning
  readonly choices: readonly Choice[]
  readonly attempt: number
  readonly partial: string
}

export const START: Steps = { path: [], choices: [], attempt: 0, partial: "" }

/** After an option of a question. */
export const chose = (steps: Steps, question: string, option: string): Steps =>
  ({ ...steps, path: [...steps.path, option], choices: [...steps.choices, { question, option }] })

/** After "Try again": the same prompt from its beginning, one attempt later. */
export const again = (steps: Steps): Steps => ({ ...steps, path: [...steps.path, "retry"], attempt: steps.attempt + 1, partial: "" })

/** After "Another answer": the same prompt once more, what was said before stays. */
export const another = (steps: Steps): Steps => ({ ...steps, path: [...steps.path, "again"], attempt: steps.attempt + 1, partial: "" })

/** After "Go on from here": one attempt later, with all words that are shown. */
export const onward = (steps: Steps, shown: string): Steps =>
  ({ ...steps, path: [...steps.path, "continue"], attempt: steps.attempt + 1, partial: shown })

/** The timeline at the end of a path; undefined where nobody prepared it. */
export function at(timeline: Timeline | undefined, path: readonly string[]): Timeline | undefined {
  return path.reduce<Timeline | undefined>((here, name) => {
    const branches = here?.branches
    return branches && Object.hasOwn(branches, name) ? branches[name] : undefined
  }, timeline)
}
