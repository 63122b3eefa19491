/** Questions plugin: items to answer on one page. */
import type { AnswerData, QuestionsStep } from "../protocol"
import { prose } from "../view/prose"
import { data, parameters, StepPlugin, VERSION } from "./step"
import type { Visit } from "./visit"

export class QuestionsPlugin extends StepPlugin {
  static readonly info = { name: "parallax-questions", version: VERSION, parameters, data } as const

  protected async show(visit: Visit): Promise<AnswerData> {
    const { title, text, items } = visit.step as QuestionsStep
    visit.open(title, !!text && prose(text))
    const { values, took } = await visit.ask(items, visit.taking.words.say("next"))
    return visit.data(took, { items: values })
  }
}
