/** Facts about questions: what is picked, changed and compared, and what is said to have been done. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { createPlayer } from "../page/player"
import type { Event } from "../events"
import type { Pick } from "../pieces/questions"
import { Turn } from "../pieces/turn"
import type { PlayerData, PlayReport, Timeline } from "../protocol"
import { withApprovedSteps } from "../stage/plan"

const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 90))
const said = (words: string): Timeline => ({
  events: [
    { at: 0, kind: "text", text: words },
    { at: 0.01, kind: "end" },
  ],
})
const asks = (data: Event<"question">["data"], branches: Record<string, Timeline>): Timeline => ({
  events: [{ at: 0, kind: "question", text: "Which?", data: data! }],
  branches,
})

function made(timeline: Timeline) {
  const told: PlayReport[] = []
  const root = dom.window.document.body.appendChild(dom.window.document.createElement("div"))
  const pane = { key: "A", name: "One", summary: "", prototype: "p", timeline }
  const recording = { id: "r", model: "m", scripted: true, made: "", ending: "" }
  const data: PlayerData = { play_set: "s", comparison: "c", prompt: "Why?", panes: [pane], recording }
  const player = createPlayer(root, data, { seen: (seen) => told.push(seen) })
  const page = player.host.shadowRoot!
  const all = (css: string) => [...page.querySelectorAll<HTMLElement>(css)]
  const shown = (css: string) =>
    all(css)
      .filter((part) => !part.closest("[hidden]"))
      .map((part) => part.textContent)
  return { player, told, page, all, shown, press: (css: string, n = 0) => all(css)[n]!.click() }
}

test("a decision stays above the answer, can be changed, and both answers can be looked at", async () => {
  const here = made(asks({ options: ["this", "that"] }, { this: said("It is this."), that: said("It is that.") }))
  here.player.play()
  await soon()
  here.press(".chip")
  await soon()
  assert.deepEqual(here.shown(".decided"), ["this"])
  here.press(".decision button")
  here.press(".question .chip", 1)
  await soon()
  assert.deepEqual(here.shown(".decided"), ["that"])
  assert.deepEqual(here.shown(".answer"), ["It is that."])
  assert.deepEqual(here.shown(".tries .to"), ["that"])
  here.press(".tries button")
  assert.deepEqual(here.shown(".answer"), ["It is this."])
  assert.deepEqual(here.told.at(-1)!.choices, [{ question: "Which?", option: "that" }])
  here.player.destroy()
})

test("an option is picked by its number, but not while words are typed", async () => {
  const here = made(asks({ options: ["this", "that"], other: true }, { that: said("It is that.") }))
  here.player.play()
  await soon()
  const key = (css: string) =>
    here.all(css)[0]!.dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: "2", bubbles: true }))
  key(".other input")
  assert.deepEqual(here.shown(".decided"), [])
  key(".chip")
  await soon()
  assert.deepEqual(here.shown(".answer"), ["It is that."])
  here.player.destroy()
})

test("a next question that was picked is said by the person, and the others go", async () => {
  const here = made(asks({ options: ["Why so?", "And then?"], form: "next" }, { "Why so?": said("Because.") }))
  here.player.play()
  await soon()
  here.press(".chip")
  await soon()
  assert.deepEqual(here.shown(".user"), ["Why?", "Why so?"])
  assert.deepEqual([here.shown(".chip"), here.shown(".decision")], [[], []])
  here.player.destroy()
})

const PLAN: Event<"question">["data"] = {
  form: "plan",
  options: ["Go ahead", "Not now"],
  items: ["One", "Two", "Three"],
}
const RUN: Event[] = [
  { at: 0, kind: "status", text: "One", data: { shape: "step", result: "1 found" } },
  { at: 1, kind: "status", text: "Two", data: { shape: "step", result: "held" } },
  { at: 2, kind: "status", text: "Three", data: { shape: "step" } },
  { at: 3, kind: "notice", text: "Done", data: { tone: "steps", items: ["One", "Two", "Three"], seconds: 3 } },
  { at: 3, kind: "end" },
]

function picked(data: Event<"question">["data"]) {
  const picks: Pick[] = []
  const turn = new Turn({ choose: (_, pick) => picks.push(pick), act() {} })
  dom.window.document.body.append(turn.root)
  turn.paint([{ at: 0, kind: "question", text: "Go?", data: data! }])
  const all = <T extends HTMLElement>(css: string) => [...turn.root.querySelectorAll<T>(css)]
  return { turn, picks, all }
}

test("a plan is run as it is, or as it was changed, put in order and left out", () => {
  const { all, picks } = picked({ ...PLAN, labels: { "Go ahead": "Run" } })
  const [run] = all<HTMLButtonElement>(".acts .main")
  assert.equal(run!.textContent, "Run")
  run!.click()
  assert.equal(picks[0]!.option, "Go ahead")
  for (const control of all<HTMLInputElement>("input, button, textarea")) control.disabled = false
  all<HTMLInputElement>("input[type=checkbox]")[1]!.click()
  all<HTMLTextAreaElement>(".what")[0]!.value = "First"
  const press = { key: "ArrowUp", altKey: true, bubbles: true }
  all(".steps li")[2]!.dispatchEvent(new dom.window.KeyboardEvent("keydown", press))
  all(".steps li")[1]!.dispatchEvent(new dom.window.KeyboardEvent("keydown", press))
  run!.click()
  assert.deepEqual([picks[1]!.option.split("\n").slice(1), picks[1]!.along], [["Three", "First"], "Go ahead"])
})

test("a prepared run tells the steps that were approved, and no result of a step that was renamed", () => {
  const steps = [
    { name: "Two", was: "Two" },
    { name: "First", was: "One" },
  ]
  const events = withApprovedSteps(RUN, steps)
  assert.deepEqual(
    events.map(({ at, text, data }) => [at, text, (data as { result?: string } | undefined)?.result]),
    [
      [0, "Two", "held"],
      [1.5, "First", undefined],
      [3, "Done", undefined],
      [3, undefined, undefined],
    ],
  )
  assert.deepEqual((events[2]!.data as { results: string[] }).results, ["held", ""])
})

test("a brief is confirmed, or only what was changed is passed on, and the recorded answer serves", () => {
  const { all, picks } = picked({ form: "brief", options: ["Looks right"], brief: { From: "Rome", When: "now" } })
  all<HTMLButtonElement>(".main")[0]!.click()
  assert.equal(picks[0]!.option, "Looks right")
  const field = all<HTMLTextAreaElement>(".brief textarea")[1]!
  field.value = "tonight"
  field.dispatchEvent(new dom.window.Event("input", { bubbles: true }))
  const main = all<HTMLButtonElement>(".main")[0]!
  main.disabled = false
  assert.equal(main.textContent, "Use my changes")
  main.click()
  assert.deepEqual([picks[1]!.option, picks[1]!.along], ["Change this: When: tonight", "Looks right"])
})

test("steps tick with what came of them, and what was done takes the place of the sign", () => {
  const { turn, all } = picked({ options: [] })
  turn.paint(RUN.slice(0, 2))
  assert.deepEqual(
    all(".status li").map((step) => [step.className, step.querySelector(".result")?.textContent]),
    [
      ["past", "1 found"],
      ["now", undefined],
    ],
  )
  turn.paint(RUN.slice(2, 4))
  assert.equal(all(".status").length, 0)
  assert.equal(all(".worked .beside")[0]!.textContent, "3 steps · 3.0 s")
})

test("of thoughts the last is seen while it thinks, and all once they are unfolded", () => {
  const { turn, all } = picked({ options: [] })
  const thought = (at: number, text: string): Event => ({ at, kind: "status", text, data: { shape: "thought" } })
  turn.paint([thought(0, "Hm."), thought(1, "So.")])
  assert.deepEqual(
    all(".status li").map((line) => line.textContent),
    ["So."],
  )
  const data = { tone: "thoughts", items: ["Hm.", "So."], fold: "closed" } as const
  turn.paint([{ at: 2, kind: "notice", text: "Thought for 2 s", data }])
  assert.deepEqual([all(".status").length, all("summary span")[0]!.textContent], [0, "Thought for 2 s"])
  assert.equal(all(".worked li").length, 2)
})

test("a source leads to the web, and never to any other address", () => {
  const { turn, all } = picked({ options: [] })
  const source = (n: number, address: string): Event => ({
    at: 0,
    kind: "source",
    text: `Title ${n}`,
    data: { n, claim: "moons", detail: "Says so.", address },
  })
  turn.paint([
    { at: 0, kind: "text", text: "It has two moons." },
    source(1, "https://www.example.org/a"),
    source(2, "javascript:alert(1)"),
    source(3, "mailto:a@example.org"),
  ])
  const links = all<HTMLAnchorElement>("a")
  assert.deepEqual(new Set(links.map((link) => link.getAttribute("href"))), new Set(["https://www.example.org/a"]))
  assert.ok(links.every((link) => link.rel === "noopener noreferrer" && link.target === "_blank"))
  assert.equal(all(".source .host")[0]!.textContent, "example.org")
})
