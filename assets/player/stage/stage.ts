/** Stage: the panes side by side, how they begin, and the height that is kept free for what they will show. */
import { h } from "../dom"
import type { Event } from "../events"
import type { PaneSpec } from "../protocol"
import { Pane, type PaneCalls } from "./pane"
import { PaneRun } from "./panerun"

export class Stage {
  readonly root = h("div", { class: "panes" })
  private panes = new Map<string, Pane>()
  private specs: readonly PaneSpec[] = []
  private width = 0
  private readonly sizes: ResizeObserver | null

  constructor(
    private readonly calls: PaneCalls,
    private readonly isPlaying: () => boolean,
  ) {
    this.sizes = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.resize()) : null
    this.sizes?.observe(this.root)
  }

  pane(key: string): Pane | undefined {
    return this.panes.get(key)
  }

  /** Shows panes that wait to be played; those with the same keys stay the same panes. */
  load(specs: readonly PaneSpec[], prompt: string): void {
    this.specs = specs
    const keys = specs.map((spec) => spec.key)
    if (keys.join() !== [...this.panes.keys()].join()) {
      this.panes = new Map(specs.map((spec) => [spec.key, new Pane(spec, this.calls)]))
      this.root.replaceChildren(...[...this.panes.values()].map((pane) => pane.root))
      this.root.dataset.count = String(keys.length)
    }
    for (const pane of this.panes.values()) pane.reset(prompt, true)
  }

  /** All panes begin with these words of the person. */
  start(prompt: string): void {
    for (const pane of this.panes.values()) {
      pane.reset(prompt, false)
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
    return new PaneRun(key, prototype, events, live, (batch) => pane.paint(batch))
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
