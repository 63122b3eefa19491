/** Running: jsPsych goes through the steps, one after the other, until the participation is over. */
import { initJsPsych, type JsPsych } from "jspsych"
import { BarrierPlugin } from "./plugins/barrier"
import { ConsentPlugin } from "./plugins/consent"
import { EndPlugin } from "./plugins/end"
import { QuestionsPlugin } from "./plugins/questions"
import { TextPlugin } from "./plugins/text"
import { WatchPlugin } from "./plugins/watch"
import type { Session } from "./session"

const AFTER = "barrier" // the time after the last step

/** Which plugin shows which kinds of steps. */
const PLUGINS = [
  { type: ConsentPlugin, kinds: ["consent"] },
  { type: TextPlugin, kinds: ["text"] },
  { type: QuestionsPlugin, kinds: ["questions"] },
  { type: WatchPlugin, kinds: ["practice", "trial"] },
  { type: BarrierPlugin, kinds: [AFTER] },
]

/** A timeline that asks before each step which one comes now; the server may have changed that in the meantime. */
function timelineOf(session: Session): object[] {
  const kindNow = (): string => session.current?.kind ?? AFTER
  const steps = PLUGINS.map(({ type, kinds }) => ({
    timeline: [{ type, step: () => session.current?.id ?? AFTER }],
    conditional_function: () => !session.over && kinds.includes(kindNow()),
  }))
  const goes = (): boolean => !session.over
  return [
    { timeline: steps, loop_function: goes, conditional_function: goes },
    { type: EndPlugin, step: "end" },
  ]
}

/** Runs the steps in `place`; `rehearses`: with a simulated person. It resolves never, or with an error. */
export async function runSteps(
  place: HTMLElement,
  session: Session,
  rehearses: boolean,
  begins: () => void,
): Promise<void> {
  const jsPsych: JsPsych = initJsPsych({
    display_element: place,
    use_webaudio: false,
    on_trial_start() {
      place.tabIndex = -1 // jsPsych makes it a stop for the Tab key, without a name
      begins()
    },
  })
  place.replaceChildren()
  const timeline = timelineOf(session)
  if (rehearses) await jsPsych.simulate(timeline, "visual")
  else await jsPsych.run(timeline as Parameters<JsPsych["run"]>[0])
}
