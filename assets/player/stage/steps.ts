/** Steps: which way a person went in one pane, and what that asks for next. */
import type { Choice, Timeline } from "../protocol"

export const NOT_RECORDED = "Parallax: this step was not recorded, and no model can be asked at the moment."
export const CHANGED_UNHEARD = "Parallax: the answer is the recorded one; it does not know what was changed."
export const NO_FURTHER = "Parallax: this prototype goes no further here."

/** What was chosen, which attempt this is, and the words to go on from. */
export interface Steps {
  readonly path: readonly string[] // names of branches from the beginning
  readonly choices: readonly Choice[]
  readonly attempt: number
  readonly partial: string
}

export const START_STEPS: Steps = { path: [], choices: [], attempt: 0, partial: "" }

/** Takes the steps after an option of a question. */
export const afterChoice =
  (question: string, option: string) =>
  (steps: Steps): Steps => ({
    ...steps,
    path: [...steps.path, option],
    choices: [...steps.choices, { question, option }],
  })

/** The path of these steps with another branch at its end. */
export const alongPath = (steps: Steps, along: string): readonly string[] => [...steps.path.slice(0, -1), along]

/** Takes the steps after a button that leads along a prepared branch, and nowhere else. */
export const afterButton =
  (name: string) =>
  (steps: Steps): Steps => ({ ...steps, path: [...steps.path, name] })

/** How a further attempt begins, and the steps that lead to it. */
export interface NextAttempt {
  readonly way: "retry" | "again" | "continue"
  readonly take: (steps: Steps) => Steps
}

/**
 * What a button asks for: "retry" the same from its beginning, "again" the same once more beside what was said,
 * "continue" what follows the words that are shown. Undefined for any other button.
 */
export function stepAfter(button: string, shown: string): NextAttempt | undefined {
  if (button !== "retry" && button !== "again" && button !== "continue") return undefined
  const partial = button === "continue" ? shown : ""
  const take = (steps: Steps): Steps => ({
    ...steps,
    path: [...steps.path, button],
    attempt: steps.attempt + 1,
    partial,
  })
  return { way: button, take }
}

/** The timeline at the end of a path; undefined where nobody prepared it. */
export function timelineAt(timeline: Timeline | undefined, path: readonly string[]): Timeline | undefined {
  return path.reduce<Timeline | undefined>((here, name) => {
    const branches = here?.branches
    return branches && Object.hasOwn(branches, name) ? branches[name] : undefined
  }, timeline)
}
