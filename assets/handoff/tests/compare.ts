/** Plays the cases on standard input, and prints which of them are not played as it is expected of them. */

import { readFileSync } from "node:fs"
import { isDeepStrictEqual } from "node:util"
import { eventFrom, Prompt } from "../parallax_events.ts"
import type { Answer, EventJson } from "../parallax_events.ts"
import { prototypeFrom } from "../parallax_runtime.ts"
import { streamOf } from "./streams.ts"

const NEAR_S = 1e-5

interface Model {
  readonly replies: Readonly<Record<string, readonly EventJson[]>>
  readonly attempts: readonly (readonly EventJson[])[]
}

interface Case {
  readonly name: string
  readonly prototype: number
  readonly prompt: ConstructorParameters<typeof Prompt>[0]
  readonly model: string
  readonly events: readonly EventJson[]
}

interface Cases {
  readonly models: Readonly<Record<string, Model>>
  readonly prototypes: readonly unknown[]
  readonly cases: readonly Case[]
}

/** A model that says what stands in a table. */
function answerFrom(model: Model): Answer {
  return (prompt) => {
    const asked = prompt.choices.at(-1)?.option ?? ""
    const attempt = Math.min(prompt.attempt, model.attempts.length - 1)
    const said = model.replies[asked] ?? model.attempts[attempt] ?? []
    return streamOf(said.map((event) => eventFrom(event)))
  }
}

/** Where the events of a case are not as expected; "" where they are. */
async function differs(cases: Cases, { prototype, prompt, model, events }: Case): Promise<string> {
  const answer = prototypeFrom(cases.prototypes[prototype]).around(answerFrom(cases.models[model]!))
  const found = []
  for await (const event of answer(new Prompt(prompt))) found.push(event)
  for (let index = 0; index < Math.max(found.length, events.length); index += 1) {
    const mine = found[index]
    const expected = events[index]
    const near = mine && expected && Math.abs(mine.at - expected.at) < NEAR_S
    if (!near || !isDeepStrictEqual({ ...mine, at: 0 }, { ...eventFrom(expected), at: 0 })) {
      return `event ${index} is ${JSON.stringify(mine)} but ${JSON.stringify(expected)}`
    }
  }
  return ""
}

const cases = JSON.parse(readFileSync(0, "utf8")) as Cases
for (const each of cases.cases) {
  const difference = await differs(cases, each)
  if (difference) process.stdout.write(`${each.name}: ${difference}\n`)
}
