/** Notes: the presenter's second window: what to say now, what comes next, how long it has been; in step with the
 * stage. */
import { h, setText } from "../player/dom"
import type { StageApi } from "./api"
import { beatAt, beatWords, COVER, placeBeside, sceneTitle, type Deck, type Place } from "./deck"
import { commandOf, type Command } from "./keys"
import { speakLanguage } from "./stagewords"
import { stageLine, type Cover, type StageLine, type StageNews } from "./line"

const ASK_MS = 1000 // without news of the stage, after which it is asked where it is
const ALONE_MS = 3000

export class NotesWindow {
  private place: Place = COVER
  private news: StageNews | null = null
  private since = 0
  private heard = 0
  private readonly now = h("h1", { dir: "auto" })
  private readonly beat = h("p", { class: "beat" })
  private readonly notes = h("div", { class: "say", dir: "auto" })
  private readonly next = h("p", { class: "next-title", dir: "auto" })
  private readonly after = h("p", { class: "next-notes", dir: "auto" })
  private readonly room = h("p", { class: "counts", role: "status" })
  private readonly timer = h("button", { type: "button", class: "timer", title: "Begin again from zero" }, "0:00")
  private readonly clock = h("span", { class: "clock" })
  private readonly covered = h("p", { class: "covered", role: "status", hidden: true })
  private readonly alone = h("p", { class: "alone", role: "status", hidden: true })
  private readonly line: StageLine

  constructor(
    private readonly deck: Deck,
    token: string,
  ) {
    this.line = stageLine(token, (said) => this.hear(said))
    this.timer.addEventListener("click", () => (this.since = Date.now()))
    addEventListener("keydown", (event) => {
      const command = commandOf(event)
      if (!command) return
      event.preventDefault()
      this.say(command)
    })
    setInterval(() => this.tick(), 250)
  }

  show(root: HTMLElement): void {
    speakLanguage(this.deck.language)
    document.documentElement.lang = "en" // the presenter's own words stay
    document.documentElement.dir = "ltr"
    document.title = `Notes: ${this.deck.name}`
    const press = (command: Command, words: string): HTMLElement =>
      h("button", { type: "button", onclick: () => this.say(command) }, words)
    root.className = "notes"
    root.replaceChildren(
      h("header", {}, this.timer, this.clock, this.room),
      this.alone,
      h("main", {}, this.beat, this.covered, this.now, this.notes),
      h("aside", {}, h("h2", {}, "Next"), this.next, this.after),
      h("footer", {}, press("back", "← Back"), press("next", "Next →"), press("black", "Black"), press("room", "Room")),
    )
    this.draw()
    this.line.send({ kind: "hello" })
  }

  private say(command: Command): void {
    this.since ||= Date.now()
    this.line.send({ kind: "do", command })
  }

  private hear(said: StageNews | { kind: string }): void {
    if (said.kind !== "at") return
    this.news = said as StageNews
    this.heard = Date.now()
    if (this.news.place.scene >= 0) this.since ||= Date.now()
    this.place = this.news.place
    this.draw()
  }

  private draw(): void {
    const { deck, place } = this
    const scene = deck.scenes[place.scene]
    const beat = beatAt(deck, place)
    setText(this.now, scene ? sceneTitle(scene) : deck.name)
    const number = scene ? `Scene ${place.scene + 1} of ${deck.scenes.length}` : `${deck.scenes.length} scenes`
    setText(this.beat, beat ? `${number} · ${beatWords(beat.name)}` : `${number} · cover`)
    setText(this.notes, scene ? scene.notes || "No notes for this scene." : "")
    const following = placeBeside(deck, place, 1)
    const then = deck.scenes[following.scene]
    const stays = following.scene === place.scene
    const last = stays && following.beat === place.beat
    setText(
      this.next,
      last ? "The end" : stays ? beatWords(beatAt(deck, following)!.name) : then ? sceneTitle(then) : "",
    )
    const coming = deck.scenes[place.scene + 1]
    setText(this.after, coming ? `${stays ? `then: ${sceneTitle(coming)}\n` : ""}${coming.notes}` : "")
    setText(this.room, this.news?.room ?? "")
    const cover = this.news?.cover ?? ""
    setText(this.covered, COVER_LINES[cover])
    this.covered.hidden = !cover
  }

  private tick(): void {
    const seconds = this.since ? Math.floor((Date.now() - this.since) / 1000) : 0
    setText(this.timer, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`)
    setText(this.clock, new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }))
    const silent = Date.now() - this.heard
    const quiet = silent > ALONE_MS
    setText(this.alone, quiet ? "The stage is not open in this browser. Open it, and these notes follow it." : "")
    this.alone.hidden = !quiet
    if (silent > ASK_MS) this.line.send({ kind: "hello" })
  }
}

const COVER_LINES: Readonly<Record<Cover, string>> = {
  "": "",
  black: "The screen is black.",
  room: "The way into the room lies over the scene.",
  wifi: "The Wi-Fi lies over the scene.",
  help: "The keys lie over the scene.",
}

/** Opens the notes in place of the stage. */
export async function openNotes(root: HTMLElement, api: StageApi, token: string): Promise<void> {
  new NotesWindow(await api.deck(), token).show(root)
}
