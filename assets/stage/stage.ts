/** Stage: the screen that a room looks at: the cover, the scenes, and what may lie over them. */
import { h, setText } from "../player/dom"
import { followTheme } from "../player/page/theme"
import { localStorageIfAny } from "../participate/outbox/shelf"
import type { StageApi } from "./api"
import { beatAt, COVER, placeBeside, type Deck, type Place } from "./deck"
import { coverView, helpCard } from "./covers"
import { commandOf, type Command } from "./keys"
import { stageLine, type Cover, type StageLine } from "./line"
import type { Findings } from "./resultsview"
import { RoomLink } from "./roomlink"
import { joinCard, joinedWords, wifiCard, type Wifi } from "./roomview"
import { SceneView, type SceneRoom } from "./sceneview"
import { speakLanguage, tell } from "./stagewords"

const SLOW_MS = 700 // milliseconds after which it is told that a room is being opened
const IDLE_MS = 2000 // milliseconds after which the pointer goes out of sight

export class Stage {
  private place: Place = COVER
  private view: SceneView | null = null
  private over: HTMLElement | null = null
  private overKind: Exclude<Cover, "black"> = ""
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
    speakLanguage(this.deck.language)
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
        if (!this.black.hidden) return this.darken(false)
        if (this.over) return this.uncover()
        return this.go(placeBeside(this.deck, this.place, command === "next" ? 1 : -1))
      case "below":
      case "above": {
        const by = command === "below" ? 1 : -1
        const free = this.black.hidden && !this.over
        if (!free || !this.view?.scroll(by)) this.act(by === 1 ? "next" : "back")
        return
      }
      case "first":
        return this.go(COVER)
      case "last":
        return this.go({ scene: this.deck.scenes.length - 1, beat: 0 })
      case "black":
        return this.darken(this.black.hidden)
      case "leave":
        this.darken(false)
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
      isKept: !!this.deck.said,
      findings: (key) => this.findings(key),
      ask: api && ((key, signal) => api.live(key, signal)),
    }
  }

  private findings(scene: string): Promise<Findings | null> {
    const { entry } = this.room
    const { said } = this.deck
    if (said) return Promise.resolve({ scenes: said.scenes.filter((one) => !scene || one.scene === scene) })
    if (!entry || !this.api) return Promise.resolve(null)
    return this.api.findings<Findings>(entry.room, scene).catch(() => null)
  }

  private cover(): HTMLElement {
    const { entry, state, open } = this.room
    return coverView(this.deck, entry && joinCard(entry, state.joined), !this.api ? "file" : open ? "room" : "alone")
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
        ? h("p", { class: "lines" }, tell("no_wifi"))
        : kind === "room" && entry
          ? joinCard(entry, state.joined)
          : kind === "wifi"
            ? wifiCard(this.api ?? NO_SERVER, this.wifi)
            : helpCard()
    this.layOver(kind, content)
    if (kind === "wifi") this.over?.querySelector("input")?.focus()
  }

  private layOver(kind: "room" | "wifi" | "help", content: HTMLElement): void {
    this.over?.remove()
    this.over = h("div", { class: "over-all", role: "dialog", "aria-label": tell(`card_${kind}`) }, content)
    this.overKind = kind
    this.root.append(this.over)
    this.tellPlace()
  }

  private uncover(): void {
    this.over?.remove()
    this.over = null
    this.overKind = ""
    this.tellPlace()
  }

  private darken(black: boolean): void {
    this.black.hidden = !black
    this.tellPlace()
  }

  private async openRoom(): Promise<void> {
    const slow = setTimeout(
      () => this.layOver("room", h("p", { class: "lines", role: "status" }, tell("opening"))),
      SLOW_MS,
    )
    try {
      await this.room.begin()
      const { scene, beat } = this.place
      const now = this.deck.scenes[scene]
      if (now) this.room.move(now.key, beat)
      this.coverWith("room")
    } catch {
      this.layOver("room", h("p", { class: "lines", role: "alert" }, tell("no_room")))
    } finally {
      clearTimeout(slow)
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
    const answered = step ? ` · ${tell("foot_answered", { count: state.votes[step] ?? 0 })}` : ""
    const late = step && state.late[step] ? `, ${tell("foot_late", { count: state.late[step] })}` : ""
    const net = lost ? ` · ${tell("foot_lost")}` : ""
    const joined = tell("foot_joined", { count: state.joined })
    return `${apart(entry.address)} · ${apart(entry.code)} · ${joined}${answered}${late}${net}`
  }

  private tellPlace(): void {
    const cover = this.black.hidden ? this.overKind : "black"
    this.line.send({ kind: "at", place: this.place, cover, room: this.roomWords() })
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

/** An address or a code, which is read from left to right in every language. */
const apart = (text: string): string => `\u2066${text}\u2069`
const unreached = (): Promise<never> => Promise.reject(new Error("there is no server"))
const NO_SERVER = { room: unreached, move: unreached, state: unreached, wifi: unreached }

async function fillScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await document.documentElement.requestFullscreen?.().catch(() => {})
}
