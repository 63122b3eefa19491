/** Watch plugin: a question is sent, the answer plays as it would, and is rated. */
import { h, setText } from "../../player/dom"
import type { StudyPlayer, StudyPlayerData } from "../../player/page/studyplayer"
import type { PaneSpec, PlayReport } from "../../player/protocol"
import { fittingFirst } from "../measure/fitting"
import { frameInterval } from "../measure/frames"
import type { Act, AnswerData, StepPane, StudyPlay, WatchStep } from "../protocol"
import { stepTitle } from "../view/steptitle"
import { data, parameters, StepPlugin, VERSION } from "./step"
import type { Visit } from "./visit"

const MOST_PLAY_BYTES = 120_000 // of the plays of a trial that are told, so that an answer is never too long to be kept
const MOST_ACT_BYTES = 40_000
const MOST_ACT_CHARS = 400

/** The player comes after the page, while the person reads. */
export const loadPlayer = async (): Promise<typeof StudyPlayer> =>
  (await import("../../player/page/studyplayer")).StudyPlayer

/** What happened in one trial. */
interface Watched {
  readonly plays: StudyPlay[]
  readonly acts: Act[]
}

export class WatchPlugin extends StepPlugin {
  static readonly info = { name: "parallax-watch", version: VERSION, parameters, data } as const

  protected async show(visit: Visit): Promise<AnswerData> {
    const step = visit.step as WatchStep
    const { words } = visit.taking
    const watched: Watched = { plays: [], acts: [] }
    visit.section.classList.add("watch", step.layout)
    visit.open(stepTitle(step, words), !!step.text && h("p", { class: "help", dir: "auto" }, step.text))
    const frames = frameInterval() // while the person reads the question
    const first = step.first ? await this.own(visit, step) : {}
    const panes = await this.fetched(visit)
    await this.play(visit, panes, watched)
    const two = Object.fromEntries(step.panes.map(({ key, label }) => [key, step.panes.length > 1 ? label : ""]))
    visit.taking.prepare(visit.taking.session.following)
    const { values, took } = await visit.ask(step.after ?? [], words.say("next"), two)
    return visit.data(took, {
      items: { ...first, ...values },
      play: fittingFirst(watched.plays, MOST_PLAY_BYTES),
      acts: fittingFirst(watched.acts, MOST_ACT_BYTES),
      frame_ms: await frames,
    })
  }

  /** The person's own answer, before the assistant's is seen. */
  private async own(visit: Visit, { first, prompt }: WatchStep): Promise<AnswerData["items"]> {
    const bubble = h("p", { class: "asked", dir: "auto" }, prompt)
    visit.section.append(bubble)
    const { root, values } = await visit.ask([first!], visit.taking.words.say("next"))
    bubble.remove()
    root.remove()
    return values
  }

  /** The panes with what they play; where that cannot be fetched the page says so, and tries again when asked. */
  private async fetched(visit: Visit): Promise<PaneSpec[]> {
    const { taking } = visit
    let broken = false // some browsers never fetch a script again that failed once
    for (;;) {
      const waits = h("p", { class: "help waits" }, taking.words.say("moment"))
      visit.section.append(waits)
      try {
        await loadPlayer().catch((error: unknown) => {
          broken = true
          throw error
        })
        const panes = await Promise.all((visit.step as WatchStep).panes.map((pane) => this.spec(visit, pane)))
        waits.remove()
        return panes
      } catch {
        setText(waits, taking.words.say("load_failed"))
        taking.frame.announce(taking.words.say("load_failed"))
        const again = h("button", { type: "button", class: "next" }, taking.words.say("play_again_load"))
        visit.section.append(again)
        const ends = new AbortController()
        await new Promise((done) => {
          again.addEventListener("click", done, { once: true, signal: ends.signal })
          addEventListener("online", done, { once: true, signal: ends.signal }) // the net is back
        })
        ends.abort()
        if (broken) location.reload()
        waits.remove()
        again.remove()
        visit.section.querySelector<HTMLElement>("h1")?.focus()
      }
    }
  }

  private async spec({ taking }: Visit, { key, label, timeline, prototype }: StepPane): Promise<PaneSpec> {
    return { key, name: label, summary: "", prototype, plain: true, timeline: await taking.timeline(timeline) }
  }

  /** Resolves once an answer was watched to its end; from then on it is rated, and can still be played with. */
  private async play(visit: Visit, panes: readonly PaneSpec[], watched: Watched): Promise<void> {
    const { words, frame } = visit.taking
    const Player = await loadPlayer()
    const says = h("p", { class: "help says" }, words.say("press_send"))
    const place = h("div", { class: "stage" })
    visit.section.append(place, says)
    await new Promise<void>((done) => {
      const player = new Player(place, this.playerData(visit, panes), {
        acted: (act, pane, text) =>
          void watched.acts.push({
            at_ms: visit.since(),
            pane,
            act,
            ...(text && { text: text.slice(0, MOST_ACT_CHARS) }),
          }),
        played: (report) => void watched.plays.push(this.reported(visit, report)),
        changed: (playing, asking) => {
          const ready = !playing && !asking
          const text = ready ? "" : words.say(playing ? "still_playing" : "choose_above")
          if (says.textContent !== text) frame.announceNext(text)
          setText(says, text)
          says.classList.toggle("unseen", playing)
          visit.section.querySelector(".questions")?.toggleAttribute("inert", !ready)
          if (ready) done()
        },
      })
      visit.atEnd(() => player.destroy())
    })
  }

  private playerData({ step, taking }: Visit, panes: readonly PaneSpec[]): StudyPlayerData {
    const { prompt, panes: shown } = step as WatchStep
    const recordings = new Set(shown.map(({ recording }) => recording))
    const { words, frame } = taking
    return {
      prompt,
      panes,
      recording: recordings.size === 1 ? shown[0]!.recording : "",
      live: frame.live,
      words: {
        send: words.say("send"),
        prompt: words.say("prompt_label"),
        stopped: words.say("stopped"),
        alike: words.say("alike"),
        fixed: words.say("question_fixed"),
        further: words.say("no_further"),
        phrases: words.phrases,
      },
    }
  }

  private reported({ step }: Visit, report: PlayReport): StudyPlay {
    const played = (step as WatchStep).panes.filter(({ key }) => report.panes.some(({ pane }) => pane === key))
    return { ...report, recordings: Object.fromEntries(played.map(({ key, recording }) => [key, recording])) }
  }
}
