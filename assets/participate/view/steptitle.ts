/** Step title: what a screen is called, above it and in the menu of a preview. */
import type { Step, WatchStep } from "../protocol"
import type { Words } from "../words"

/** What a screen is called above it. */
export function stepTitle(step: Step, words: Words): string {
  if (step.kind === "consent") return step.title || words.say("consent_title")
  return step.kind === "practice" || step.kind === "trial" ? watchTitle(step, words) : (step.title ?? "")
}

function watchTitle({ kind, number, of, panes, title }: WatchStep, words: Words): string {
  const place = kind === "practice" ? words.say("practice_of") : words.say("trial_of", { number, of })
  return [title || place, ...(panes.length === 1 ? [panes[0]!.label] : [])].join(" · ")
}
