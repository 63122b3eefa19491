/** Page: a phone in a room: it joins, follows the presenter, votes, and says what keeps it from the net. */
import { freshId, h, randomId, setText } from "../player/dom"
import { followTheme } from "../player/page/theme"
import { Outbox } from "../participate/outbox/outbox"
import { browserShelf } from "../participate/outbox/shelf"
import { Timelines } from "../participate/timelines"
import { RoomApi, RoomRefused } from "./api"
import { RoomMemory } from "./memory"
import type { Joined, PhoneScene, RoomNow, VoteData } from "./protocol"
import { RoomWords } from "./roomwords"
import { loadPlayer, Voting } from "./voting"

const CODE_CHARS = 5
const SHELF = "parallax-room-outbox" // apart from what the memory keeps
const LOST_POLL_S = 3
const GRACE_MS = 120_000 // after the screen has gone on, in which a vote is still taken, and marked as late
const QUIET_FAILURES = 2 // that are not told: a phone between two cells misses one or two

export class RoomPage {
  private readonly api = new RoomApi()
  private readonly words = new RoomWords()
  private readonly main = h("main", { class: "main" })
  private readonly net = h("p", { class: "net", role: "status", hidden: true })
  private readonly timelines = new Timelines((id) => this.api.timeline(id))
  private readonly outbox: Outbox
  private memory = new RoomMemory("")
  private joined: Joined | null = null
  private now: RoomNow | null = null
  private voting: Voting | null = null
  private readonly done = new Set<string>()
  private failures = 0
  private lostVotes = 0
  private wake: (() => void) | null = null
  private grace: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly root: HTMLElement) {
    followTheme(document.documentElement)
    this.words.dress(document.documentElement)
    const post = (...sent: Parameters<RoomApi["send"]>) => this.api.send(...sent)
    this.outbox = new Outbox(browserShelf(SHELF), post, {
      settled: (_, sent) => {
        if (sent.kind === "refused" || sent.kind === "gone") this.lostVotes++
      },
      changed: () => this.tellNet(),
    })
    root.replaceChildren(this.main, h("footer", { class: "foot" }, this.net))
    addEventListener("online", () => this.stir())
    addEventListener("offline", () => this.tellNet())
    addEventListener("pagehide", () => this.outbox.flush())
    document.addEventListener("visibilitychange", () => (document.hidden ? this.outbox.flush() : this.stir()))
  }

  async run(): Promise<void> {
    void this.outbox.load()
    const code = decodeURIComponent(location.pathname.split("/").at(-1) ?? "").toUpperCase()
    if (code.length === CODE_CHARS) await this.enter(code)
    else this.askCode("")
  }

  /** Joins, or comes back to where it was. */
  private async enter(code: string): Promise<void> {
    this.memory = new RoomMemory(code)
    this.notice(this.words.tell("moment"))
    for (;;) {
      try {
        this.joined = await this.comeIn(code)
        break
      } catch (error) {
        if (error instanceof RoomRefused && error.status < 500) {
          if (error.code === "ended" || error.code === "unknown") this.memory.forget()
          return this.askCode(code, this.refusal(error))
        }
        this.notice(this.words.tell("moment"), this.words.tell("unreached"))
        await this.pause(LOST_POLL_S * (0.75 + Math.random() / 2)) // not all of a hall at once
      }
    }
    history.replaceState(null, "", code)
    this.api.ticket = this.memory.ticket = this.joined.ticket
    for (const step of this.joined.done) this.done.add(step)
    for (const { step, ticket } of this.outbox.entries) if (ticket === this.joined.ticket) this.done.add(step)
    this.prepare()
    await this.follow()
  }

  private async comeIn(code: string): Promise<Joined> {
    this.api.ticket = this.memory.ticket
    if (this.memory.ticket) {
      try {
        const again = await this.api.again()
        if (!again.ended) return again
        this.memory.forget()
      } catch (error) {
        if (!(error instanceof RoomRefused) || error.status >= 500) throw error
        this.memory.forget()
      }
    }
    return this.api.join(code, this.memory.id)
  }

  /** Fetches the player and all that will play, while nothing else is to do. */
  private prepare(): void {
    if (this.joined?.phones !== "own") return
    loadPlayer().catch(() => {})
    const lines = this.joined.scenes.flatMap(({ panes }) => panes.map(({ timeline }) => timeline))
    void lines.reduce((before, id) => before.then(() => this.timelines.get(id).then(noted, noted)), Promise.resolve())
  }

  /** Asks where the presenter is, again and again, each phone at times of its own. */
  private async follow(): Promise<void> {
    for (;;) {
      try {
        const now = await this.api.now()
        this.failures = 0
        if (now) this.turn(now)
        this.tellNet()
        if (this.now?.ended) return this.close()
      } catch (error) {
        if (error instanceof RoomRefused && error.status < 500) return this.askCode("", this.refusal(error))
        this.failures++
        this.tellNet()
      }
      const rest = this.failures ? LOST_POLL_S : (this.now?.poll_s ?? 1.5)
      await this.pause(rest * (0.75 + Math.random() / 2))
    }
  }

  private turn(now: RoomNow): void {
    const before = this.now
    this.now = now
    if (before && before.asks === now.asks && before.scene === now.scene) return
    const { voting } = this
    const stays = voting && voting.step !== now.asks && (voting.touched || !now.asks)
    if (stays) this.offerToGoOn()
    else this.present()
  }

  /** Shows what is asked now, or that the screen is to be looked at. */
  private present(): void {
    const step = this.now?.asks ?? ""
    const scene = this.sceneOf(step)
    clearTimeout(this.grace)
    this.root.querySelector(".gone-on")?.remove()
    if (this.voting?.step === step) return
    this.voting?.destroy()
    this.voting = null
    if (!scene || this.done.has(step)) return this.wait(this.done.has(step))
    const plays = this.joined!.phones === "own" && scene.panes.length > 0
    this.voting = new Voting(scene, step, plays, this.memory, this.words, {
      timeline: (id) => this.timelines.get(id),
      send: (sent, data) => this.send(sent, data),
    })
    this.main.replaceChildren(this.voting.root)
    void this.voting.show()
  }

  private sceneOf(step: string): PhoneScene | null {
    return (step && this.joined?.scenes.find(({ asked }) => step in asked)) || null
  }

  private async send(step: string, data: VoteData): Promise<void> {
    const id = randomId()
    const body = JSON.stringify({ id, step, data })
    await this.outbox.put({ id, kind: "answer", ticket: this.api.ticket, step, body, at: Date.now() })
    this.done.add(step)
    this.voting?.destroy()
    this.voting = null
    this.present()
  }

  private wait(sent: boolean): void {
    this.notice(this.words.tell(sent ? "thanks" : "look"), sent ? "" : this.words.tell("follows"))
  }

  /** The screen has gone on, and this phone has not: what it was asked is still taken for a while. */
  private offerToGoOn(): void {
    if (this.root.querySelector(".gone-on")) return
    this.voting?.hurry()
    const leave = (): void => {
      this.voting?.destroy()
      this.voting = null
      this.present()
    }
    this.grace = setTimeout(leave, GRACE_MS)
    const go = h("button", { type: "button", onclick: leave }, this.words.tell("leave"))
    this.root.prepend(h("div", { class: "banner gone-on", role: "status" }, h("p", {}, this.words.tell("gone_on")), go))
  }

  private close(): void {
    clearTimeout(this.grace)
    this.voting?.destroy()
    this.memory.forget()
    this.notice(this.words.tell("closed"), this.words.tell("closed_text"))
    this.tellNet()
  }

  private refusal({ code, what, todo }: RoomRefused): string {
    return this.words.refusal(code, `${what} ${todo}`)
  }

  private notice(title: string, text = ""): void {
    this.main.replaceChildren(
      h("section", { class: "step notice" }, h("h1", {}, title), !!text && h("p", { class: "help" }, text)),
    )
  }

  private askCode(code: string, problem = ""): void {
    const id = freshId("code")
    const field = h("input", {
      id,
      type: "text",
      class: "code-field",
      autocomplete: "off",
      autocapitalize: "characters",
      spellcheck: "false",
      maxlength: 12,
    })
    field.value = code
    const form = h(
      "form",
      { class: "questions" },
      h("label", { for: id, class: "q" }, this.words.tell("code_label")),
      field,
      h("p", { class: "wrong", role: "alert" }, problem),
      h("div", { class: "forth" }, h("button", { type: "submit", class: "next" }, this.words.tell("come_in"))),
    )
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const typed = field.value.toUpperCase().replace(/[^A-Z]/g, "")
      if (typed.length === CODE_CHARS) void this.enter(typed)
      else setText(form.querySelector(".wrong")!, this.words.tell("code_wrong"))
    })
    this.main.replaceChildren(h("section", { class: "step" }, h("h1", {}, this.words.tell("which_room")), form))
    field.focus()
  }

  /** What is lost, this phone's net or the presenter's, and what waits to be sent. */
  private tellNet(): void {
    const unsent = this.outbox.entries.length
    const kept = unsent && this.outbox.failing ? this.words.tell("kept_here") : ""
    const missed = this.lostVotes ? this.words.tell("too_late") : ""
    setText(this.net, [missed, this.netWords(), kept].filter(Boolean).join(" "))
    this.net.hidden = !this.net.textContent
  }

  private netWords(): string {
    if (navigator.onLine === false) return this.words.tell("no_net")
    if (this.failures > QUIET_FAILURES) return this.words.tell("no_room")
    if (this.now && !this.now.host && !this.now.ended) return this.words.tell("host_lost")
    return ""
  }

  private stir(): void {
    this.outbox.kick()
    this.wake?.()
    this.tellNet()
  }

  private async pause(seconds: number): Promise<void> {
    const woken = new Promise<void>((done) => (this.wake = done))
    await Promise.race([woken, new Promise((done) => setTimeout(done, seconds * 1000))])
    this.wake = null
  }
}

const noted = (): void => {}
