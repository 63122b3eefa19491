/** End plugin: the page rests on how it ended. */
import type { JsPsych } from "jspsych"
import { taking } from "../taking"
import { showEnding } from "../view/ending"
import { data, parameters, VERSION, type StepResult, type StepTrial } from "./step"

export class EndPlugin {
  static readonly info = { name: "parallax-end", version: VERSION, parameters, data } as const

  constructor(private readonly jsPsych: JsPsych) {}

  trial(place: HTMLElement, _trial: StepTrial, loaded: () => void): Promise<StepResult> {
    const { session, frame, words } = taking()
    showEnding(place, session, frame, words)
    loaded()
    document.documentElement.dataset["over"] = session.end?.kind ?? session.stopped ?? ""
    return new Promise(() => {}) // nothing comes after it
  }

  simulate(trial: StepTrial, _mode: string, _options: unknown, loaded: () => void): Promise<StepResult> {
    return this.trial(this.jsPsych.getDisplayElement(), trial, loaded)
  }
}
