/** Stage: the panes side by side, how they begin, and the height that is kept free for what they will show. */
import { h } from "../dom"
import type { Event } from "../events"
import type { PaneSpec } from "../protocol"
import { Pane, type PaneCalls } from "./pane"
import { PaneRun } from "./panerun"
import { Remarks } from "./remarks"

const TOP_PX = 57 // of the screen, where the page's head is
const HIGH_ENOUGH_SHARE = 0.25 // of the screen: panes that begin above this are in sight
const SEEN_SHARE = 0.4 // of the screen, or half of a pane: what has to be on the screen of it

export class Stage {
  private readonly grid = h("div", { class: "panes" })
  private readonly remarks = new Remarks()
  readonly root = h("div", { class: "stage" }, this.grid, this.remarks.root)
  private panes = new Map<string, Pane>()
  private specs: readonly PaneSpec[] = []
  private width = 0
  private readonly sizes: ResizeObserver | null

  constructor(
    private readonly calls: PaneCalls,
    private readonly isPlaying: () => boolean,
    private readonly cover: () => DOMRect | null = () => null, // where something lies over the panes
  ) {
    this.sizes = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.resize()) : null
    this.sizes?.observe(this.grid)
  }

  get panesInOrder(): Iterable<Pane> {
    return this.panes.values()
  }

  pane(key: string): Pane | undefined {
    return this.panes.get(key)
  }

  /** What takes the focus of who goes to the panes. */
  get first(): HTMLElement | null {
    return this.grid.querySelector<HTMLElement>("button:not(:disabled)")
  }

  /** Shows panes that wait to be played; those with the same keys stay the same panes. */
  load(specs: readonly PaneSpec[], prompt: string): void {
    this.specs = specs
    const keys = specs.map((spec) => spec.key)
    if (keys.join() !== [...this.panes.keys()].join()) {
      this.panes = new Map(specs.map((spec) => [spec.key, new Pane(spec, this.calls)]))
      this.grid.replaceChildren(...[...this.panes.values()].map((pane) => pane.root))
      this.grid.dataset.count = String(keys.length)
    }
    this.remarks.prepare(specs)
    for (const pane of this.panes.values()) pane.reset(prompt, true)
    for (const { key, timeline } of specs) this.pane(key)?.greet(timeline.events)
  }

  /** All panes begin with these words of the person, in sight. */
  start(prompt: string): void {
    this.bringIntoSight()
    for (const [key, pane] of this.panes) {
      pane.reset(this.specs.find((spec) => spec.key === key)?.question ?? prompt, false)
      pane.begin("start")
    }
  }

  /** What is said and shown about each pane; `open` is the one whose dials are open, undefined where none has any. */
  describe(specs: readonly PaneSpec[], open: string | null | undefined, named: boolean): void {
    this.specs = specs
    for (const spec of specs) this.pane(spec.key)?.describe(spec, open === undefined ? null : open === spec.key, named)
  }

  /** A run of these events in a pane. */
  makeRun({ key, prototype }: PaneSpec, events: readonly Event[], live: boolean): PaneRun {
    const pane = this.panes.get(key)!
    const paint = (batch: readonly Event[]) => {
      pane.paint(batch)
      this.remarks.show(key, batch)
    }
    return new PaneRun(key, prototype, events, live, paint, () => isInSight(pane.root, this.cover()))
  }

  /** Scrolls to the panes at once, unless they begin high on the screen: what plays out of sight is seen by nobody. */
  private bringIntoSight(): void {
    const { top, bottom, height } = this.root.getBoundingClientRect()
    const countdown = parseFloat(getComputedStyle(this.root).getPropertyValue("--count")) || 0
    const begins = top >= TOP_PX + countdown && (top <= HIGH_ENOUGH_SHARE * innerHeight || bottom <= innerHeight)
    if (height && !begins) this.root.scrollIntoView({ block: "start" })
  }

  /** Keeps free the height that each pane's recorded answer will need. */
  reserve(): void {
    if (!this.root.isConnected || !this.root.clientWidth || this.isPlaying()) return
    this.width = this.root.clientWidth
    for (const spec of this.specs) this.pane(spec.key)?.reserve(spec.timeline.events)
  }

  destroy(): void {
    this.sizes?.disconnect()
  }

  private resize(): void {
    if (this.root.clientWidth !== this.width) this.reserve()
  }
}

/** Whether a person can watch an element below a cover; true where nothing is laid out and nothing can be known. */
function isInSight(element: HTMLElement, cover: DOMRect | null): boolean {
  const place = element.getBoundingClientRect()
  const { width, height } = place
  if (!height) return true
  const [wide, tall] = overlap(place, { left: 0, top: 0, right: innerWidth, bottom: innerHeight })
  const [coveredWide, coveredTall] = cover ? overlap(place, cover) : [0, 0]
  const free = coveredWide > width / 2 ? tall - coveredTall : tall
  return wide >= width / 2 && free >= Math.min(height / 2, SEEN_SHARE * innerHeight)
}

type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom">

/** How wide and how tall is what two boxes have in common, in pixels; 0 where they have nothing. */
const overlap = (a: Box, b: Box): [number, number] => [
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)),
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)),
]
