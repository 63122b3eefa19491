/** Plays the cases on standard input, and prints which of them are not played as it is expected of them. */

import { readFileSync } from "node:fs"
import { isDeepStrictEqual } from "node:util"
import { eventFrom, Prompt } from "../parallax_events.ts"
import type { Answer, Event, EventJson } from "../parallax_events.ts"
import { prototypeFrom } from "../parallax_runtime.ts"
import { collect, streamOf } from "./streams.ts"

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
  readonly asked: readonly Asked[]
}

/** What the model is asked: the conversation as role and text, the attempt, and the words to go on from. */
type Asked = readonly [turns: readonly (readonly string[])[], attempt: number, partial: string]

interface Cases {
  readonly models: Readonly<Record<string, Model>>
  readonly prototypes: readonly unknown[]
  readonly cases: readonly Case[]
}

/** A model that says what stands in a table; what it is asked goes to `heard`. */
function answerFrom(model: Model, heard: Asked[]): Answer {
  return (prompt) => {
    heard.push([prompt.conversation.map(({ role, text }) => [role, text]), prompt.attempt, prompt.partial])
    const asked = prompt.choices.at(-1)?.option ?? ""
    const attempt = Math.min(prompt.attempt, model.attempts.length - 1)
    const said = model.replies[asked] ?? model.attempts[attempt] ?? []
    return streamOf(said.map((event) => eventFrom(event)))
  }
}

/** Whether two events are the same thing at the same moment. */
function isSame(one: Event | undefined, other: EventJson | undefined): boolean {
  if (!one || !other || Math.abs(one.at - other.at) > NEAR_S) return false
  return one.kind === other.kind && one.text === (other.text ?? "") && isDeepStrictEqual(one.data, other.data ?? {})
}

/** What the model is asked, sorted: further answers are asked for at the same time, in an order of chance. */
function inOrder(asked: readonly Asked[]): string[] {
  return asked.map((one) => JSON.stringify(one)).sort()
}

/** Where the events of a case, or what the model is asked, are not as expected; "" where they are. */
async function differs(cases: Cases, { prototype, prompt, model, events, asked }: Case): Promise<string> {
  const heard: Asked[] = []
  const answer = prototypeFrom(cases.prototypes[prototype]).around(answerFrom(cases.models[model]!, heard))
  const played = await collect(answer(new Prompt(prompt)))
  const found = played.filter((event) => !event.data.remark) // said to the designer, and no part of a product
  for (let index = 0; index < Math.max(found.length, events.length); index += 1) {
    const mine = found[index]
    const expected = events[index]
    if (!isSame(mine, expected)) return `event ${index} is ${JSON.stringify(mine)} but ${JSON.stringify(expected)}`
  }
  if (isDeepStrictEqual(inOrder(heard), inOrder(asked))) return ""
  return `asked is ${JSON.stringify(heard)} but ${JSON.stringify(asked)}`
}

const cases = JSON.parse(readFileSync(0, "utf8")) as Cases
for (const each of cases.cases) {
  const difference = await differs(cases, each)
  if (difference) process.stdout.write(`${each.name}: ${difference}\n`)
}
