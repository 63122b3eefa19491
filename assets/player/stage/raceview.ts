/** The race as it is drawn: a bar per pane, the schedule as thin ticks, and the same in a table for screen readers. */
import checkIcon from "lucide-static/icons/check.svg"
import copyIcon from "lucide-static/icons/copy.svg"
import { freshId, h, iconElement, setText } from "../dom"
import { FREEZE_S } from "../events"
import type { PaneSpec, Pin, PlayerData, Recording } from "../protocol"
import { runLane, sharedAxis, largestLagMs, type Axis, type Bar, type Lane } from "./race"
import type { PaneRun } from "./panerun"

const LEGEND: readonly [string, string][] = [
  ["sign", "sign of life"],
  ["words", "words"],
  ["freeze", `freeze over ${FREEZE_S} s`],
  ["break", "break"],
  ["tick", "scheduled"],
]
const NAMES: Record<Bar["kind"], string> = {
  sign: "sign of life",
  words: "words",
  freeze: "freeze",
  break: "broke",
  stop: "stopped",
}

export class RaceView {
  readonly root: HTMLElement
  private readonly chart = h("div", { class: "chart" })
  private readonly veil = h("p", { class: "veil" })
  private readonly hash = h("button", { type: "button", class: "hash num" })
  private readonly note = h("span", { class: "num" })
  private recording: Recording | null = null

  constructor() {
    const id = freshId("race")
    const legend = LEGEND.map(([kind, words]) => h("span", {}, h("i", { class: kind }), words))
    this.hash.addEventListener("click", () => void this.copy())
    this.root = h(
      "section",
      { class: "race", "aria-labelledby": id },
      h("h2", { id }, "The race ", h("span", {}, "· seconds from pressing Play, as painted in this browser")),
      this.veil,
      this.chart,
      h("div", { class: "legend" }, ...legend, h("span", { class: "proof" }, this.hash, this.note)),
    )
  }

  /** Shows the runs, or a veil that says what lifts it. */
  show(
    runs: readonly PaneRun[],
    panes: readonly PaneSpec[],
    recording: Recording | null,
    reveal: boolean,
    playing: boolean,
    felt: PlayerData["felt"] = {},
    pins: readonly Pin[] = [],
  ): void {
    const open = reveal && runs.length > 0 && !playing
    this.root.classList.toggle("veiled", !open)
    this.veil.hidden = open
    this.root.style.setProperty("--lanes", String(panes.length))
    setText(this.veil, veilWords(runs.length > 0, reveal, playing))
    this.identify(recording)
    this.chart.replaceChildren()
    if (!open) return setText(this.note, "")
    const scale = sharedAxis(runs)
    const lanes = runs.map((run) => runLane(run, scale)).map((lane) => withFelt(lane, felt[lane.pane]))
    const named = (key: string) => laneName(panes.find((pane) => pane.key === key))
    const drawn = lanes.map((one) => row(one, named(one.pane), pinMarks(pins, one.pane, scale)))
    this.chart.append(...drawn, axisRow(scale), table(lanes, named))
    const live = runs.some((run) => run.live)
    const note = live ? "live" : `painted within ${largestLagMs(runs)} ms of schedule`
    setText(this.note, recording ? `· ${note}` : note)
  }

  private identify(recording: Recording | null): void {
    this.recording = recording
    const id = idsOf(recording)
    const ids = id.split(" ")
    this.hash.hidden = !id
    if (!recording) return
    const short = ids.map((one) => (one.length > 8 ? `${one.slice(0, 4)}…${one.slice(-4)}` : one)).join(", ")
    const what = ids.length > 1 ? "recordings" : "recording"
    const { ending } = recording
    const made = [recording.model, ending, recording.made.slice(0, 10)].filter(Boolean).join(", ")
    this.hash.title = `${id}\n${made}`
    this.hash.setAttribute(
      "aria-label",
      `${what} ${short}${ending ? `, ${ending}` : ""}, copy ${ids.length > 1 ? "their ids" : "its id"}`,
    )
    const words = ending ? `${what} ${short}, ${ending}` : `${what} ${short}`
    this.hash.replaceChildren(words, iconElement(copyIcon))
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(idsOf(this.recording))
      this.hash.replaceChildren("copied", iconElement(checkIcon))
    } catch {
      this.hash.replaceChildren(idsOf(this.recording)) // where copying is not allowed the id can be selected
    }
    setTimeout(() => this.identify(this.recording), 2500)
  }
}

/** What lifts the veil; who rates blind is told how to skip that. */
function veilWords(played: boolean, reveal: boolean, playing: boolean): string {
  if (playing) return "Playing. The race appears when every pane is done."
  if (reveal) return "Play once, and the race appears here."
  const say = played ? "Say how each one felt, then show names and times below" : "Play once and say how each one felt"
  return `${say}, or switch Rate blind off: then the race appears here.`
}

/** The ids of what plays, with spaces between them; "" where there is no recording. */
const idsOf = (recording: Recording | null): string => (recording?.ids ?? [recording?.id ?? ""]).join(" ")

/** What a lane is called: the prototype's name, and who answered where panes have answers of their own. */
const laneName = (pane?: PaneSpec): string => [pane?.name, pane?.model].filter(Boolean).join(", ")

/** A lane that also tells what the person had said it felt like. */
function withFelt(lane: Lane, felt: readonly (number | null)[] = []): Lane {
  const [first, complete] = felt.map((seconds) => (seconds === null ? "–" : String(seconds)))
  return felt.some((seconds) => seconds !== null) ? { ...lane, felt: `you said ${first} and ${complete}` } : lane
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

/** What was said of moments of a pane, each where it was; those after the end of the axis stand at its end. */
function pinMarks(pins: readonly Pin[], pane: string, { longest }: Axis): HTMLElement[] {
  return pins
    .filter((pin) => pin.pane === pane && pin.moment !== null)
    .map(({ moment, who, text }) => {
      const at = Math.min(1, (moment ?? 0) / longest)
      return h("i", { class: "pin", style: `left:${percent(at)}`, title: `${who} at ${moment} s: ${text}` })
    })
}

function row({ pane, bars, ticks, says, felt }: Lane, name: string, pins: readonly HTMLElement[]): HTMLElement {
  const drawn = bars.map(({ kind, from, to, seconds: [a, b] }) =>
    h("i", {
      class: kind,
      style: `left:${percent(from)};width:${percent(to - from)}`,
      title: a === b ? `${NAMES[kind]} at ${a.toFixed(2)} s` : `${NAMES[kind]} ${a.toFixed(2)} to ${b.toFixed(2)} s`,
    }),
  )
  const wanted = ticks.map((at) => h("b", { style: `left:${percent(at)}` }))
  return h(
    "div",
    { class: "lane", "aria-hidden": "true", style: `--k:var(--pane-${pane}, var(--ink))` },
    h("span", { class: "who", title: name }, h("span", { class: "key" }, pane), " ", name),
    h("div", { class: "track" }, h("div", { class: "bed" }, ...drawn), ...wanted, ...pins),
    h("span", { class: "num says" }, says, !!felt && h("span", { class: "felt" }, felt)),
  )
}

function axisRow({ longest, ticks }: Axis): HTMLElement {
  const marks = ticks.map((at, i) =>
    h("span", { style: `left:${percent(at / longest)}` }, i === ticks.length - 1 ? `${at} s` : String(at)),
  )
  return h(
    "div",
    { class: "lane axis num", "aria-hidden": "true" },
    h("span"),
    h("div", { class: "scale" }, ...marks),
    h("span"),
  )
}

function table(lanes: readonly Lane[], named: (key: string) => string): HTMLElement {
  const rows = lanes.map(({ pane, bars, says, felt = "" }) => {
    const freezes = bars
      .filter(({ kind }) => kind === "freeze")
      .map(({ seconds: [a, b] }) => `${(b - a).toFixed(2)} at ${a.toFixed(2)}`)
    const sign = bars.find(({ kind }) => kind === "sign")
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, `${pane} ${named(pane)}`),
      h("td", {}, says, felt && ` · ${felt}`),
      h("td", {}, sign ? sign.seconds[0].toFixed(2) : "none before the words"),
      h("td", {}, freezes.join(", ") || "none"),
    )
  })
  const head = ["Pane", "Seconds", "First sign of life", "Freezes"].map((words) => h("th", { scope: "col" }, words))
  const grid = h(
    "table",
    {},
    h("caption", {}, "The race, in seconds from pressing Play"),
    h("thead", {}, h("tr", {}, ...head)),
    h("tbody", {}, ...rows),
  )
  return h("div", { class: "unseen" }, grid) // a table by itself is as wide as its words
}
