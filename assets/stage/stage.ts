/** Stage: the screen that a room looks at: the cover, the scenes, and what may lie over them. */
import { h, setText } from "../player/dom"
import { followTheme } from "../player/page/theme"
import { localStorageIfAny } from "../participate/outbox/shelf"
import type { StageApi } from "./api"
import { beatAt, COVER, placeBeside, type Deck, type Place } from "./deck"
import { commandOf, KEY_LINES, type Command } from "./keys"
import { stageLine, type StageLine } from "./line"
import type { Findings } from "./resultsview"
import { RoomLink } from "./roomlink"
import { joinCard, joinedWords, wifiCard, type Wifi } from "./roomview"
import { SceneView, type SceneRoom } from "./sceneview"

const IDLE_MS = 2000 // milliseconds after which the pointer goes out of sight
const COVER_WORDS = "→ begins  ·  R opens a room for phones  ·  F fills the screen  ·  ? tells all keys"
const SAFE_WORDS = "Everything that this deck shows is on this computer now."

export class Stage {
  private place: Place = COVER
  private view: SceneView | null = null
  private over: HTMLElement | null = null
  private overKind: Command | "" = ""
  private readonly screen = h("main", { class: "screen" })
  private readonly black = h("div", { class: "black", hidden: true })
  private readonly foot = h("footer", { class: "foot", hidden: true })
  private readonly line: StageLine
  private readonly room: RoomLink
  private readonly wifi: Wifi = { name: "", password: "" }
  private counted = 0
  private idle: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly root: HTMLElement,
    private readonly deck: Deck,
    private readonly api: StageApi | null, // none in a file of its own
    token: string,
  ) {
    const storage = localStorageIfAny()
    const key = `parallax-stage:${deck.id}`
    const remembered = { get: () => storage?.getItem(key) ?? "", set: (room: string) => storage?.setItem(key, room) }
    this.room = new RoomLink(api ?? NO_SERVER, remembered, () => this.tellRoom())
    this.line = stageLine(token, (word) => {
      if (word.kind === "hello") this.tellPlace()
      if (word.kind === "do") this.act(word.command)
    })
  }

  show(): void {
    document.title = this.deck.name
    followTheme(document.documentElement)
    this.root.className = "stage"
    this.root.replaceChildren(this.screen, this.foot, this.black)
    addEventListener("keydown", (event) => {
      const command = commandOf(event)
      if (!command) return
      event.preventDefault()
      this.act(command)
    })
    addEventListener("pointermove", () => this.stir())
    this.screen.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("button, a, input, .parallax")) this.act("next")
    })
    this.go(this.lastPlace())
    this.stir()
    this.room.resume().then(
      () => this.view?.refresh(),
      () => {}, // it is opened anew when somebody asks for it
    )
  }

  private act(command: Command): void {
    switch (command) {
      case "next":
      case "back":
        if (!this.black.hidden) return void (this.black.hidden = true)
        if (this.over) return this.uncover()
        return this.go(placeBeside(this.deck, this.place, command === "next" ? 1 : -1))
      case "first":
        return this.go(COVER)
      case "last":
        return this.go({ scene: this.deck.scenes.length - 1, beat: 0 })
      case "black":
        return void (this.black.hidden = !this.black.hidden)
      case "leave":
        this.black.hidden = true
        return this.uncover()
      case "full":
        return void fillScreen()
      case "room":
      case "wifi":
      case "help":
        return this.toggle(command)
    }
  }

  private go(place: Place): void {
    this.place = place
    this.uncover()
    this.view?.destroy()
    const [scene, beat] = [this.deck.scenes[place.scene], beatAt(this.deck, place)]
    if (scene && beat) {
      this.view = new SceneView(this.deck, scene, beat, this.sceneRoom)
      this.screen.replaceChildren(this.view.root)
      this.view.begin()
      this.room.move(scene.key, place.beat)
    } else {
      this.view = null
      this.screen.replaceChildren(this.cover())
    }
    this.keepPlace()
    this.tellRoom()
  }

  private get sceneRoom(): SceneRoom {
    const { api } = this
    return {
      isOpen: () => this.room.open,
      findings: (key) => this.findings(key),
      ask: api && ((key, signal) => api.live(key, signal)),
    }
  }

  private findings(scene: string): Promise<Findings | null> {
    const { entry } = this.room
    if (!entry || !this.api) return Promise.resolve(null)
    return this.api.findings<Findings>(entry.room, scene).catch(() => null)
  }

  private cover(): HTMLElement {
    const { entry, state } = this.room
    return h(
      "div",
      { class: "cover" },
      h("h1", { dir: "auto" }, this.deck.name),
      entry && joinCard(entry, state.joined),
      h("p", { class: "hints" }, this.api ? COVER_WORDS : FILE_WORDS),
      h("p", { class: "hints" }, SAFE_WORDS),
    )
  }

  private toggle(kind: "room" | "wifi" | "help"): void {
    if (this.overKind === kind) return this.uncover()
    if (kind === "room" && !this.room.open) return void this.openRoom()
    this.coverWith(kind)
  }

  private coverWith(kind: "room" | "wifi" | "help"): void {
    this.uncover()
    const { entry, state } = this.room
    const content =
      kind === "wifi" && !this.api
        ? h("p", { class: "lines" }, NO_WIFI)
        : kind === "room" && entry
          ? joinCard(entry, state.joined)
          : kind === "wifi"
            ? wifiCard(this.api ?? NO_SERVER, this.wifi)
            : helpCard()
    this.over = h("div", { class: "over-all", role: "dialog", "aria-label": OVER_NAMES[kind] }, content)
    this.overKind = kind
    this.root.append(this.over)
    if (kind === "wifi") this.over.querySelector("input")?.focus()
  }

  private uncover(): void {
    this.over?.remove()
    this.over = null
    this.overKind = ""
  }

  private async openRoom(): Promise<void> {
    try {
      await this.room.begin()
      const { scene, beat } = this.place
      const now = this.deck.scenes[scene]
      if (now) this.room.move(now.key, beat)
      this.coverWith("room")
    } catch {
      const words = h("p", { class: "lines", role: "alert" }, NO_ROOM)
      this.over = h("div", { class: "over-all", role: "dialog", "aria-label": OVER_NAMES.room }, words)
      this.root.append(this.over)
    }
  }

  /** Who is in, and how many answered what is asked now; quietly at the foot of the screen. */
  private tellRoom(): void {
    const words = this.roomWords()
    this.foot.hidden = !words || this.place.scene < 0
    setText(this.foot, words)
    const counted = this.countNow()
    if (counted !== this.counted) this.view?.refresh()
    this.counted = counted
    const covers = this.place.scene < 0 && this.room.open
    if (covers && !this.screen.querySelector(".joined")) this.screen.replaceChildren(this.cover())
    for (const joined of this.root.querySelectorAll(".joined")) setText(joined, joinedWords(this.room.state.joined))
    this.tellPlace()
  }

  /** How many have answered what this beat asks or ends, in time or late. */
  private countNow(): number {
    const beat = beatAt(this.deck, this.place)
    const step = beat?.asks || beat?.closes || ""
    const { votes, late } = this.room.state
    return (votes[step] ?? 0) + (late[step] ?? 0)
  }

  private roomWords(): string {
    const { entry, state, lost } = this.room
    if (!entry) return ""
    const beat = beatAt(this.deck, this.place)
    const step = beat?.asks || beat?.closes || ""
    const answered = step ? ` · ${state.votes[step] ?? 0} answered` : ""
    const late = step && state.late[step] ? `, ${state.late[step]} late` : ""
    const net = lost ? " · no net: the deck goes on, phones wait" : ""
    return `${entry.address} · ${entry.code} · ${state.joined} joined${answered}${late}${net}`
  }

  private tellPlace(): void {
    this.line.send({ kind: "at", place: this.place, room: this.roomWords() })
  }

  private stir(): void {
    this.root.classList.remove("still")
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.root.classList.add("still"), IDLE_MS)
  }

  private keepPlace(): void {
    try {
      sessionStorage.setItem(`parallax-stage:${this.deck.id}`, JSON.stringify(this.place))
    } catch {
      // Refused: a reload begins at the cover.
    }
  }

  /** Where this window was before it was loaded again. */
  private lastPlace(): Place {
    try {
      const place = JSON.parse(sessionStorage.getItem(`parallax-stage:${this.deck.id}`) ?? "null") as Place | null
      return place && this.deck.scenes[place.scene]?.beats[place.beat] ? place : COVER
    } catch {
      return COVER
    }
  }
}

const OVER_NAMES = { room: "How phones come in", wifi: "The Wi-Fi", help: "Keys" } as const
const NO_ROOM = "There is no server that answers, so no room can be opened. The deck itself goes on."
const NO_WIFI = "There is no server here that could draw the code of a Wi-Fi."
const FILE_WORDS = "→ begins  ·  F fills the screen  ·  ? tells all keys"
const unreached = (): Promise<never> => Promise.reject(new Error("there is no server"))
const NO_SERVER = { room: unreached, move: unreached, state: unreached, wifi: unreached }

const helpCard = (): HTMLElement =>
  h(
    "section",
    { class: "help-card" },
    h("dl", {}, ...KEY_LINES.flatMap(([key, does]) => [h("dt", {}, key), h("dd", {}, does)])),
  )

async function fillScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await document.documentElement.requestFullscreen?.().catch(() => {})
}
