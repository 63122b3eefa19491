/** Results view: the reveal: sentences first, then the numbers of each pane beside each other. */
import { h } from "../player/dom"
import type { DeckScene } from "./deck"
import { paneName, phoneWords, tell } from "./stagewords"

export interface Interval {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number
}

interface PaneFinding {
  readonly key: string
  readonly name: string
  readonly outcome: string
  readonly clock: number
  readonly chosen: Interval & { readonly count: number }
  readonly felt: { readonly seconds: number; readonly ratio: Interval; readonly n: number } | null
  readonly trust: Interval | null
  readonly used: Interval | null
}

interface Expectation {
  readonly of: number
  readonly right: { readonly guess: Interval; readonly felt: Interval; readonly measured: number }
  readonly seconds: { readonly guess: number | null; readonly felt: number | null; readonly measured: number }
  readonly guards: readonly (readonly [string, number])[]
}

export interface SceneFinding {
  readonly scene: string
  readonly title: string
  readonly n: number
  readonly sentences: readonly string[]
  readonly notes: readonly string[]
  readonly panes?: readonly PaneFinding[]
  readonly none?: number
  readonly expectation?: Expectation
}

export interface Findings {
  readonly scenes: readonly SceneFinding[]
}

const ONE_COLUMN = 4 // scenes whose results stand below each other

/** What a room said in one scene. What its sentences hold for in the long run stands in the exports. */
export function sceneResults(found: SceneFinding, scene: DeckScene): HTMLElement {
  const numbers = found.expectation ? expectationBars(found.expectation) : paneColumns(found, scene)
  return h(
    "section",
    { class: "results" },
    h("div", { class: "sentences" }, ...found.sentences.map((sentence) => h("p", { dir: "auto" }, sentence))),
    numbers,
    numbers.querySelector(".track .span:not([hidden])") && rangeLegend(),
    h("p", { class: "small" }, [...found.notes, tell("demo")].join(" ")),
  )
}

/** What the line on each bar is, once for all of them. */
function rangeLegend(): HTMLElement {
  const sample = h("span", { class: "track", "aria-hidden": "true" }, h("i", { class: "span" }))
  return h("p", { class: "legend" }, sample, h("span", {}, tell("line_on_bar")))
}

/** The first sentences of every scene. */
export function deckResults({ scenes }: Findings): HTMLElement {
  if (!scenes.length) return h("p", { class: "lines" }, tell("nobody"))
  return h(
    "section",
    { class: "results all" },
    h(
      "dl",
      { class: scenes.length > ONE_COLUMN ? "many" : "" },
      ...scenes.map(({ title, sentences, expectation }) =>
        h(
          "div",
          {},
          h("dt", { dir: "auto" }, title),
          h("dd", { dir: "auto" }, sentences.slice(0, expectation ? 3 : 2).join(" ")),
        ),
      ),
    ),
    h("p", { class: "small" }, tell("demo")),
  )
}

function paneColumns(found: SceneFinding, scene: DeckScene): HTMLElement {
  const panes = found.panes ?? []
  const asked = Object.values(scene.asked).flat() as readonly { name: string }[]
  const chooses = asked.some(({ name }) => name === "choice")
  const columns = panes.map((pane) => paneColumn(scene, pane, chooses))
  const root = h("div", { class: "columns" }, ...columns)
  root.style.setProperty("--stage-panes", String(panes.length || 1))
  const none = chooses && found.none ? h("p", { class: "small" }, tell("no_difference", { count: found.none })) : null
  return h("div", { class: "numbers" }, root, none)
}

function paneColumn(scene: DeckScene, pane: PaneFinding, chooses: boolean): HTMLElement {
  const { chosen, felt, trust, used } = pane
  const column = h(
    "div",
    { class: "column" },
    h("h2", {}, h("b", {}, pane.key), " ", h("bdi", {}, paneName(scene, pane.name))),
    chooses && bar(tell("chosen"), chosenWords(chosen), chosen, 1, percent),
    felt && feltLine(felt.seconds, pane.clock),
    trust && bar(tell("trust"), points(trust.value), trust, 100, points),
    used && bar(tell("would_use"), percent(used.value), used, 1, percent),
  )
  column.style.setProperty("--k", `var(--pane-${pane.key})`)
  return column
}

/** Felt seconds, in bold, beside those of the clock. */
function feltLine(felt: number, clock: number): HTMLElement {
  const [before, after] = tell("felt_clock", { clock: seconds(clock) }).split("{felt}")
  return h("p", { class: "pair" }, before ?? "", h("b", {}, seconds(felt)), after ?? "")
}

/** How many chose a pane, and the share that the ends of its line are about. */
function chosenWords({ count, value }: PaneFinding["chosen"]): string {
  return value === null ? `${count}` : `${count}, ${percent(value)}`
}

type Shown = (value: number | null) => string

/** A bar from 0 to `most` with the interval on it, and the ends of that in numbers. */
function bar(label: string, told: string, { value, low, high }: Interval, most: number, shown: Shown): HTMLElement {
  const share = (number: number | null): number => Math.min(100, Math.max(0, (100 * (number ?? 0)) / most))
  const fill = h("i", { class: "fill" })
  fill.style.inlineSize = `${share(value)}%`
  const span = h("i", { class: "span", hidden: low === null || high === null })
  span.style.insetInlineStart = `${share(low)}%`
  span.style.inlineSize = `${share(high) - share(low)}%`
  const ends = low === null || high === null ? "" : ` ${tell("range", { low: shown(low), high: shown(high) })}`
  return h(
    "div",
    { class: "measure" },
    h("p", {}, label, " ", h("b", {}, told), ends),
    h("div", { class: "track" }, fill, span),
  )
}

const seconds = (value: number): string =>
  tell("seconds_short", { count: value < 10 ? value.toFixed(1) : Math.round(value) })
const points: Shown = (value) => (value === null ? "–" : String(Math.round(value)))
const percent: Shown = (value) => (value === null ? "–" : `${Math.round(100 * value)} %`)

function expectationBars({ of, right, seconds: told, guards }: Expectation): HTMLElement {
  const plain = (value: number): Interval => ({ value, low: null, high: null, n: 0 })
  const shown: Shown = (value) => (value === null ? "–" : value.toFixed(1))
  const clock = (value: number | null): string => (value === null ? "–" : seconds(value))
  return h(
    "div",
    { class: "numbers guesses" },
    h(
      "div",
      { class: "column" },
      h("h2", {}, tell("right_of", { of })),
      bar(tell("guessed"), shown(right.guess.value), right.guess, of, shown),
      bar(tell("felt"), shown(right.felt.value), right.felt, of, shown),
      bar(tell("measured"), String(right.measured), plain(right.measured), of, shown),
    ),
    h(
      "div",
      { class: "column" },
      h("h2", {}, tell("seconds_each")),
      h("p", { class: "pair" }, tell("guessed"), " ", h("b", {}, clock(told.guess))),
      h("p", { class: "pair" }, tell("felt"), " ", h("b", {}, clock(told.felt))),
      h("p", { class: "pair" }, tell("measured"), " ", h("b", {}, clock(told.measured))),
    ),
    !!guards.length &&
      h(
        "div",
        { class: "column" },
        h("h2", {}, tell("guards_needed")),
        ...guards.map(([label, count]) =>
          h("p", { class: "pair" }, h("b", {}, String(count)), ` ${phoneWords().asked(label)}`),
        ),
      ),
  )
}
