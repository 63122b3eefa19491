/** Page: opens a participation, and says what keeps it from going on. It never stands blank. */
import { h } from "../player/dom"
import { Api, Refused } from "./api"
import { tellParent } from "./embedded"
import { Memory } from "./memory"
import { sendLeftover, sendOwnLeftover } from "./outbox/leftover"
import { Participation, persist, TurnedAway, type Asking } from "./participation"
import { prose } from "./view/prose"
import type { Begun } from "./protocol"
import { runSteps } from "./running"
import { browserLine, Tabs } from "./tabs"
import { setTaking } from "./taking"
import { Frame } from "./view/frame"
import { showNotice, showProblem } from "./view/notice"
import { PreviewBar } from "./view/previewbar"
import { preferredLanguage, Words, type WordKey } from "./words"

/** What is said where nobody can take part, by the server's name for it. */
const CLOSED: Readonly<Record<string, readonly [WordKey, WordKey]>> = {
  closed: ["closed_title", "closed_text"],
  paused: ["paused_title", "paused_text"],
  full: ["full_title", "full_text"],
  used: ["used_title", "used_text"],
  expired: ["expired_title", "expired_text"],
  unknown: ["unknown_title", "unknown_text"],
}
const UNKNOWN = [401, 403, 404, 410]
const TOKENS = ["preview", "rehearse"] // parameters that say what kind of visit this is, and are nobody's

export class Page {
  private words = new Words(preferredLanguage(navigator.languages ?? []))
  private readonly frame: Frame
  private readonly asking: Asking
  private readonly memory: Memory
  private readonly api = new Api(new URL("api/", location.href).href)
  private readonly rehearses: boolean
  private taken: Participation | null = null
  private bar: PreviewBar | null = null // of a preview

  constructor(root: HTMLElement) {
    this.frame = new Frame(root, this.words)
    const link = decodeURIComponent(location.pathname.split("/").at(-1) ?? "")
    const given = Object.fromEntries(new URLSearchParams(location.search))
    const params = Object.fromEntries(Object.entries(given).filter(([name]) => !TOKENS.includes(name)))
    const tokens = Object.fromEntries(TOKENS.map((name) => [name, given[name] ?? ""]))
    this.asking = { link, params, ...tokens }
    this.rehearses = !!this.asking.rehearse
    this.memory = this.rehearses ? new Memory(link, null) : new Memory(link)
    this.listen()
  }

  /** Goes all the way; whatever goes wrong is told on the page. */
  async run(): Promise<void> {
    try {
      showNotice(this.frame.main, this.words.say("moment"))
      const tabs = new Tabs(crypto.getRandomValues(new Uint32Array(2)).join("-"), this.line(), () => this.lose())
      const [begun, elsewhere] = await Promise.all([this.begin(), this.alone ? tabs.taken() : false])
      this.speak(begun)
      if (elsewhere) await this.takeOver()
      tabs.take()
      await this.take(await this.anew(elsewhere ? await this.begin() : begun))
    } catch (error) {
      this.fail(error)
    }
  }

  /** Whether one tab at a time takes part; rehearsals and previews are open in as many as one likes. */
  private get alone(): boolean {
    return !this.rehearses && !this.asking.preview
  }

  private line(): ReturnType<typeof browserLine> {
    return browserLine(`parallax-take:${this.asking.link}${this.alone ? "" : `:${Math.random()}`}`)
  }

  private async begin(again = ""): Promise<Begun> {
    const { ticket } = this.memory
    const asked = { ...this.asking, ticket, ...(again && { again }) }
    const slow = (): void => showNotice(this.frame.main, this.words.say("moment"), this.words.say("slow_connection"))
    try {
      return await persist(() => this.api.begin(asked), slow)
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 403 || !ticket) throw error
      this.memory.forgetTicket() // it leads nowhere; the link itself may
      return persist(() => this.api.begin({ ...asked, ticket: "" }), slow)
    }
  }

  /** Where a part that was broken off is begun anew: first the server gets what still lies here of it. */
  private async anew(begun: Begun): Promise<Begun> {
    const { again, ticket = "" } = begun
    if (!again) return begun
    this.memory.keepTicket(ticket)
    await sendOwnLeftover(this.api, ticket)
    return this.begin(again)
  }

  private speak({ study }: Begun): void {
    this.words = new Words(study.language, study.rtl, study.texts)
    this.frame.speak(this.words, study.title, study.contact)
  }

  private async take(begun: Begun): Promise<void> {
    if (begun.state in CLOSED) {
      void sendLeftover(this.api)
      return this.close(begun.code ?? begun.state)
    }
    if (begun.state === "preview" && !begun.steps) return this.preview(begun)
    const taken = new Participation(this.api, this.memory, this.asking, begun, this.frame, this.words, this.rehearses)
    this.taken = taken
    setTaking(taken)
    await taken.resume()
    const { session } = taken
    if (begun.state === "preview") await this.showPreview(taken, begun)
    if (begun.end && !session.end) session.finish(begun.end)
    if (!session.over && !session.current && !session.steps.length) return this.close("closed")
    if (this.rehearses) this.frame.note(this.words.say("rehearsal"))
    void session.ended().then(() => this.end(taken, begun))
    await runSteps(this.frame.main, session, this.rehearses, () => {
      this.bar?.show(session.current?.id ?? "")
      this.frame.mayLeave(session.ticket && !session.over && !session.leaving ? () => void taken.leave() : null)
    })
  }

  private end({ session, outbox }: Participation, { study }: Begun): void {
    if (session.end) tellParent(session.end, study.id ?? "", study.iframe_origin ?? "")
    if (session.stopped === "taken") outbox.stop()
  }

  /** A preview with steps goes through them from any one of them, and keeps nothing. */
  private async showPreview(taken: Participation, begun: Begun): Promise<void> {
    this.bar = new PreviewBar([...(begun.consent ? [begun.consent] : []), ...(begun.steps ?? [])], this.words)
    this.frame.top(this.bar.root)
    const { step } = this.asking.params
    if (!step) return
    await taken.join({})
    taken.session.skipTo(step)
  }

  /** A preview by who has not taken the task yet: what it is about, and nothing to press. */
  private preview({ consent }: Begun): void {
    const { main } = this.frame
    showNotice(
      main,
      consent?.title || this.words.say("preview_title"),
      h("p", { class: "remark" }, this.words.say("preview_task")),
    )
    if (consent) main.querySelector(".step")?.append(prose(consent.text))
  }

  private takeOver(): Promise<void> {
    const { words, frame } = this
    const take = h("button", { type: "button", class: "next" }, words.say("tab_take"))
    showNotice(frame.main, words.say("tab_title"), words.say("tab_text"), take)
    return new Promise((done) => take.addEventListener("click", () => done()))
  }

  /** Another tab took over. */
  private lose(): void {
    this.taken?.session.stop("taken")
  }

  private close(reason: string): void {
    const [title, text] = CLOSED[reason] ?? CLOSED["closed"]!
    this.frame.rest()
    showNotice(this.frame.main, this.words.say(title), this.words.say(text))
  }

  private fail(error: unknown): void {
    if (error instanceof TurnedAway) return this.close(error.message)
    this.frame.rest()
    if (error instanceof Refused && UNKNOWN.includes(error.status))
      return this.close(error.code in CLOSED ? error.code : "unknown")
    console.error(error)
    const problem = error instanceof Refused ? error.problem : null
    showProblem(this.frame.main, this.words, this.taken?.session.behind ?? null, problem)
  }

  /** What breaks outside a step is told above it; the step may still work. */
  private listen(): void {
    addEventListener("error", ({ filename, message }) => {
      const foreign = !!filename && !filename.startsWith(location.origin) // what somebody else put into the page
      if (!foreign && !message.startsWith("ResizeObserver")) this.frame.warn()
    })
    addEventListener("unhandledrejection", () => this.frame.warn())
  }
}
