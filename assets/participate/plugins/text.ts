/** Text plugin: words to read, and a button. */
import type { AnswerData, TextStep } from "../protocol"
import { prose } from "../view/prose"
import { data, parameters, StepPlugin, VERSION } from "./step"
import type { Visit } from "./visit"

export class TextPlugin extends StepPlugin {
  static readonly info = { name: "parallax-text", version: VERSION, parameters, data } as const

  protected async show(visit: Visit): Promise<AnswerData> {
    const { title, text, button } = visit.step as TextStep
    visit.open(title, prose(text))
    const { took } = await visit.ask([], button || visit.taking.words.say("next"))
    return visit.data(took)
  }
}
