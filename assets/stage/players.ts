/** Players: the panes of a scene on a projector: large letters, the height of the screen, nothing to press in sight. */
import { h } from "../player/dom"
import type { Event } from "../player/events"
import { StudyPlayer } from "../player/page/studyplayer"
import type { PaneSpec } from "../player/protocol"
import { sharedQuestion, type Deck, type DeckPane } from "./deck"
import { playerWords } from "../room/playerwords"
import playerStyle from "./players.css"
import { phoneWords } from "./stagewords"

const ALONE_PX = 720 // CSS pixels that one pane is laid out in, whatever the projector has
const WIDE_PX = 960 // the same for two
const NARROW_PX = 1000 // and for three or four
const MAX_ZOOM = 4
const SCROLLED_SHARE = 0.7 // of a pane's height, so that the eye finds the line where it was
const SLACK_PX = 2

/** How much larger a scene of so many panes is drawn on a screen of this width. */
export const zoomFor = (width: number, panes: number): number =>
  Math.min(MAX_ZOOM, Math.max(1, width / (panes === 1 ? ALONE_PX : panes === 2 ? WIDE_PX : NARROW_PX)))

/** Notes on what was scrolled that it goes on above, so that no line is cut there. */
const markScrolled = ({ target }: globalThis.Event): void => {
  if (target instanceof Element) target.classList.toggle("goes-on-above", hasMore(target, -1))
}

/** Whether a box holds more than it shows, below (1) or above (-1). */
export const hasMore = (box: Pick<Element, "scrollTop" | "scrollHeight" | "clientHeight">, by: 1 | -1): boolean =>
  by === 1 ? box.scrollTop + box.clientHeight < box.scrollHeight - SLACK_PX : box.scrollTop > SLACK_PX

/** Scrolls the boxes that hold more than they show; whether there were any. */
export function scrollBoxes(boxes: readonly Element[], by: 1 | -1): boolean {
  const longer = boxes.filter((box) => hasMore(box, by))
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"
  for (const box of longer) box.scrollBy({ top: by * SCROLLED_SHARE * box.clientHeight, behavior })
  return longer.length > 0
}

/** What plays on a stage; `done` is told once everything has. */
export class ScenePlayer {
  private readonly live = h("div", { class: "unseen", "aria-live": "polite" })
  private readonly player: StudyPlayer
  private readonly resize = (): void => this.fit()

  constructor(
    private readonly place: HTMLElement,
    deck: Deck,
    private readonly panes: readonly DeckPane[],
    done: () => void,
  ) {
    const specs = panes.map((pane) => paneSpec(deck, pane))
    const recordings = new Set(panes.map(({ recording }) => recording))
    let playing = false
    this.player = new StudyPlayer(
      place,
      {
        prompt: panes[0]!.question,
        panes: specs,
        recording: recordings.size === 1 ? panes[0]!.recording : "",
        words: playerWords(phoneWords()),
        live: this.live,
      },
      {
        acted: () => {},
        played: () => {},
        changed: (now) => {
          if (playing && !now) done()
          playing = now
        },
      },
    )
    place.append(this.live)
    this.player.host.shadowRoot!.append(h("style", {}, playerStyle))
    this.player.host.shadowRoot!.addEventListener("scroll", markScrolled, true)
    this.player.host.classList.toggle("asked-above", !!sharedQuestion(panes))
    this.fit()
    addEventListener("resize", this.resize)
  }

  play(): void {
    this.player.first?.click()
    this.fit()
  }

  /** Plays what a model says now; its events are handed to what is given back. */
  playLive(): (pane: string, event: Event) => void {
    const hand = this.player.playLive()
    this.fit()
    return hand
  }

  /** Scrolls each answer that is longer than its pane, down (1) or up (-1); whether any of them had more there. */
  scroll(by: 1 | -1): boolean {
    return scrollBoxes([...this.player.host.shadowRoot!.querySelectorAll(".body")], by)
  }

  destroy(): void {
    removeEventListener("resize", this.resize)
    this.player.destroy()
    this.live.remove()
  }

  /** Draws it as large as the screen lets it, and as high as the space that it has. */
  private fit(): void {
    const zoom = zoomFor(innerWidth, this.panes.length)
    const { host } = this.player
    host.style.setProperty("zoom", String(zoom))
    host.style.setProperty("--stage-panes", String(this.panes.length))
    const space = this.place.clientHeight / zoom
    host.style.setProperty("--stage-height", `${Math.max(160, Math.floor(space) - 2)}px`)
  }
}

function paneSpec(deck: Deck, { key, prototype, timeline, question }: DeckPane): PaneSpec {
  const line = deck.timelines[timeline] ?? { events: [] }
  return { key, name: key, summary: "", prototype, plain: true, timeline: line, question }
}
