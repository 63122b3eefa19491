/** Consent plugin: what taking part means, and a free choice. Nothing is kept of who declines. */
import { h } from "../../player/dom"
import type { AnswerData, ConsentStep } from "../protocol"
import { showNotice } from "../view/notice"
import { prose } from "../view/prose"
import { data, parameters, StepPlugin, VERSION } from "./step"
import type { Visit } from "./visit"

export class ConsentPlugin extends StepPlugin {
  static readonly info = { name: "parallax-consent", version: VERSION, parameters, data } as const

  protected async show(visit: Visit): Promise<AnswerData | null> {
    const { words, frame } = visit.taking
    const { title, text, agree, decline, items } = visit.step as ConsentStep
    visit.open(title || words.say("consent_title"), prose(text))
    const asked = visit.ask(items ?? [], agree || words.say("agree"))
    const no = h("button", { type: "button", class: "decline" }, decline || words.say("decline"))
    no.addEventListener("click", () => this.decline(visit))
    visit.section.querySelector(".forth")?.append(no)
    const { values, took, root } = await asked
    no.disabled = true
    root.append(h("p", { class: "help" }, words.say("moment")))
    frame.announce(words.say("moment"))
    await visit.taking.join(values)
    const isStep = visit.taking.session.steps.some(({ id }) => id === visit.step.id)
    return isStep ? visit.data(took, { items: values }) : null
  }

  /** The person does not take part, and can think again. */
  private decline({ section, taking: { words } }: Visit): void {
    const place = section.parentElement!
    const back = h("button", { type: "button", class: "next" }, words.say("go_back"))
    back.addEventListener("click", () => {
      place.replaceChildren(section)
      section.querySelector<HTMLElement>("h1")?.focus()
    })
    showNotice(place, words.say("declined_title"), words.say("declined_text"), back)
  }
}
