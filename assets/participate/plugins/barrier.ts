/** Barrier plugin: nobody is told that they are done before the server has everything. */
import { h, setText } from "../../player/dom"
import type { AnswerData } from "../protocol"
import { data, parameters, StepPlugin, VERSION } from "./step"
import type { Visit } from "./visit"

export class BarrierPlugin extends StepPlugin {
  static readonly info = { name: "parallax-barrier", version: VERSION, parameters, data } as const

  protected async show(visit: Visit): Promise<AnswerData | null> {
    const { taking } = visit
    const { words, frame } = taking
    const says = h("p", { class: "prose" }, words.say("barrier_text"))
    visit.open(words.say("barrier_title"), says)
    await taking.settle((how) => {
      const text = words.say(how === "slow" ? "barrier_slow" : how === "barred" ? "barrier_barred" : "barrier_text")
      if (says.textContent !== text && how !== "waits") frame.announce(text)
      setText(says, text)
    })
    return null
  }
}
