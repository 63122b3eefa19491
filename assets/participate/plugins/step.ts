/** Step plugin: what our jsPsych plugins share. The answer lies in the outbox before a trial resolves. */
import { ParameterType, type JsPsych } from "jspsych"
import { startRobot } from "../simulate/robot"
import type { AnswerData, Step } from "../protocol"
import type { Session } from "../session"
import { taking } from "../taking"
import { Visit } from "./visit"

export const VERSION = "1.0.0"

/** Every plugin gets the id of a step; the step itself is looked up, since jsPsych copies what it is given. */
export const parameters = { step: { type: ParameterType.STRING, default: undefined } } as const

/** What jsPsych keeps of a trial: the step, and whether it was answered. The answer goes through the outbox. */
export const data = { step: { type: ParameterType.STRING }, answered: { type: ParameterType.BOOL } } as const

export interface StepTrial {
  readonly step: string
}

export interface StepResult {
  readonly step: string
  readonly answered: boolean
}

export abstract class StepPlugin {
  constructor(protected readonly jsPsych: JsPsych) {}

  /** Shows the step; resolves with the answer once the person goes on, or with null where there is none to keep. */
  protected abstract show(visit: Visit): Promise<AnswerData | null>

  /** Resolves when the step is over whatever the person does. */
  protected cut(session: Session): Promise<void> {
    return session.left()
  }

  /** Shows a step until it is answered, or until the participation is over. */
  async trial(place: HTMLElement, trial: StepTrial, loaded: () => void): Promise<StepResult> {
    const desk = taking()
    const visit = new Visit(place, stepOf(trial.step), desk)
    try {
      const shown = this.show(visit)
      loaded()
      const answer = await Promise.race([shown, this.cut(desk.session).then(() => null)])
      if (answer && !desk.session.over && !desk.session.leaving) await desk.keep(visit.step, answer)
      return { step: trial.step, answered: answer !== null }
    } finally {
      visit.close()
    }
  }

  /** The same on a real page, with a robot that presses what a person would. */
  async simulate(trial: StepTrial, _mode: string, _options: unknown, loaded: () => void): Promise<StepResult> {
    const robot = startRobot(document)
    try {
      return await this.trial(this.jsPsych.getDisplayElement(), trial, loaded)
    } finally {
      robot.stop()
    }
  }
}

/** The step with this id; one without an id of the study's own is the page's. */
function stepOf(id: string): Step {
  const { session } = taking()
  const step = [session.consent, ...session.steps].find((one) => one?.id === id)
  return step ?? { id, kind: "text", title: "", text: "" }
}
