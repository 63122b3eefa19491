/**
 * Runtime: a prototype, given as data, around a model.
 *
 * A prototype is a list of steps from the model outwards. Each wraps the answer of the one before it; the last is what
 * a person sees. `inner` steps see the model's tokens, `outer` ones see text.
 */

import type { ClientSettings } from "./parallax_client.ts"
import { after, before, delay, hold, pace, release, signs } from "./parallax_delivery.ts"
import { asText, putInOrder } from "./parallax_events.ts"
import type { Answer, Prompt, Stream } from "./parallax_events.ts"
import { fallback, handoff, refusal, retry, stable, told } from "./parallax_failure.ts"
import { highlight } from "./parallax_marks.ts"
import { askAgain } from "./parallax_samples.ts"
import { abstain, hedge, verdict } from "./parallax_scores.ts"
import type { Step, StepOf } from "./parallax_steps.ts"
import { agree, clarify, more, offer } from "./parallax_words.ts"

type Play<Kind extends Step["step"]> = (step: StepOf<Kind>, prompt: Prompt, answer: Answer) => Stream

const STEPS: { readonly [Kind in Step["step"]]: Play<Kind> } = {
  release,
  pace,
  hold,
  delay,
  signs,
  before,
  after,
  more,
  offer,
  clarify,
  agree,
  verdict,
  hedge,
  abstain,
  highlight,
  ask_again: askAgain,
  told,
  retry,
  fallback,
  handoff,
  refusal,
  stable,
}
const FORMAT_VERSION = 1

/** A prototype as it stands in its file. */
export interface PrototypeJson {
  readonly format: number
  readonly name: string
  readonly about: string
  readonly inner: readonly Step[]
  readonly outer: readonly Step[]
  readonly left_out: readonly { readonly pattern: string; readonly reason: string }[]
  readonly client: ClientSettings
}

/** What was designed, and how its model is asked. */
export class Prototype {
  readonly name: string
  readonly about: string
  readonly inner: readonly Step[]
  readonly outer: readonly Step[]
  readonly leftOut: PrototypeJson["left_out"] // patterns, with the reason why they are none here
  readonly client: ClientSettings

  constructor(values: PrototypeJson) {
    this.name = values.name
    this.about = values.about
    this.inner = values.inner
    this.outer = values.outer
    this.leftOut = values.left_out
    this.client = values.client
  }

  /** The model, as a person sees it; what a step remarks to who builds the product is left out. */
  around(model: Answer): Answer {
    const delivered = showTokens(this.inner.reduce(wrapInStep, model))
    const whole = this.outer.reduce(wrapInStep, delivered)
    return (prompt) => withoutRemarks(putInOrder(whole(prompt)))
  }
}

async function* withoutRemarks(stream: Stream): Stream {
  for await (const event of stream) if (!event.data.remark) yield event
}

/** The prototype of a JSON object. An Error where it was written for another version of this program. */
export function prototypeFrom(json: unknown): Prototype {
  const values = json as PrototypeJson
  const kinds = [...values.inner, ...values.outer].map((step): string => step.step)
  const unknown = kinds.filter((kind) => !Object.hasOwn(STEPS, kind))
  if (values.format !== FORMAT_VERSION || unknown.length) {
    throw new Error(`this program plays format ${FORMAT_VERSION}, not ${values.format} ${unknown.join(" ")}`)
  }
  return new Prototype(values)
}

/** The answer inside of one step, which is an answer again; most steps pass a turn on that nobody sees. */
function wrapInStep(answer: Answer, step: Step): Answer {
  const play = STEPS[step.step] as (step: Step, prompt: Prompt, answer: Answer) => Stream
  return (prompt) => (prompt.hidden && !step.hidden ? answer(prompt) : play(step, prompt, answer))
}

/** The same answer, every token that no step released as text. */
function showTokens(answer: Answer): Answer {
  return async function* (prompt) {
    for await (const event of answer(prompt)) yield asText(event)
  }
}
