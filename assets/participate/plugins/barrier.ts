/** Barrier plugin: nobody is told that they are done, or that all is deleted, before the server says so. */
import { h, setText } from "../../player/dom"
import type { AnswerData } from "../protocol"
import type { Session } from "../session"
import type { WordKey } from "../words"
import { data, parameters, StepPlugin, VERSION } from "./step"
import type { Visit } from "./visit"

/** How the last of it goes. */
export type Going = "waits" | "slow" | "barred"

const SAVING: Readonly<Record<Going, WordKey>> = {
  waits: "barrier_text",
  slow: "barrier_slow",
  barred: "barrier_barred",
}
const LEAVING: Readonly<Record<Going, WordKey>> = { waits: "moment", slow: "withdraw_slow", barred: "withdraw_slow" }

export class BarrierPlugin extends StepPlugin {
  static readonly info = { name: "parallax-barrier", version: VERSION, parameters, data } as const

  protected async show(visit: Visit): Promise<AnswerData | null> {
    const { words, frame, session } = visit.taking
    const texts = session.leaving ? LEAVING : SAVING
    const says = h("p", { class: "prose" }, words.say(texts.waits))
    visit.open(words.say(session.leaving ? "withdraw_moment" : "barrier_title"), says)
    await visit.taking.settle((how) => {
      const text = words.say(texts[how])
      if (says.textContent !== text && how !== "waits") frame.announce(text)
      setText(says, text)
    })
    return null
  }

  protected override cut(session: Session): Promise<void> {
    return session.ended()
  }
}
