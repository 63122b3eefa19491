/** Facts about the stage: keys, beats, and the line to its room. */
import "../../participate/tests/dom"
import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { beatAt, COVER, placeBeside, type Deck, type DeckScene, type Place } from "../deck"
import { commandOf } from "../keys"
import { StageAnswer } from "../liveanswer"
import { stageLine, type Cover } from "../line"
import { NotesWindow } from "../notes"
import { hasMore, zoomFor } from "../players"
import { sceneResults, type SceneFinding } from "../resultsview"
import { RoomLink } from "../roomlink"
import { Stage } from "../stage"
import { paneName, speakLanguage, STAGE_TEXTS, tell } from "../stagewords"
import { StageRefused, type RoomEntry, type RoomState } from "../api"

const beat = (name: string) => ({ name, asks: "", closes: "" })
const scene = (key: string, ...beats: string[]) => ({ key, beats: beats.map(beat), panes: [] }) as unknown as DeckScene
const DECK = { scenes: [scene("a", "show"), scene("b", "ready", "play", "reveal")] } as unknown as Deck

test("a clicker goes through every beat of every scene and back to the cover, and stays at both ends", () => {
  const there: Place[] = [COVER]
  for (let i = 0; i < 5; i++) there.push(placeBeside(DECK, there.at(-1)!, 1))
  assert.deepEqual(
    there.map((place) => beatAt(DECK, place)?.name ?? "cover"),
    ["cover", "show", "ready", "play", "reveal", "reveal"],
  )
  let back = there.at(-1)!
  for (let i = 0; i < 5; i++) back = placeBeside(DECK, back, -1)
  assert.deepEqual(back, COVER)
})

test("keys of a clicker are heard, those of the browser and of fields are not", () => {
  const key = (key: string, more = {}) => ({ key, target: null, ...more }) as unknown as KeyboardEvent
  const field = { matches: (selector: string) => selector.includes("input") }
  for (const name of ["PageDown", "ArrowRight", " "]) assert.equal(commandOf(key(name)), "next")
  assert.equal(commandOf(key("PageUp")), "back")
  assert.equal(commandOf(key("ArrowDown")), "below")
  assert.equal(commandOf(key("B")), "black")
  assert.equal(commandOf(key("Escape")), "leave")
  assert.equal(commandOf(key("r", { ctrlKey: true })), null)
  assert.equal(commandOf(key("ArrowRight", { repeat: true })), null)
  assert.equal(commandOf(key("r", { target: field })), null)
})

test("words of an answer are at least 30 pixels high on a projector of 1920, in two panes", () => {
  const WORDS_PX = 15
  assert.ok(zoomFor(1920, 2) * WORDS_PX >= 30)
  assert.equal(zoomFor(390, 2), 1)
})

test("a box holds more below until it is scrolled to its end, and more above from then on", () => {
  const box = (scrollTop: number) => ({ scrollTop, scrollHeight: 900, clientHeight: 400 })
  assert.deepEqual([hasMore(box(0), 1), hasMore(box(0), -1)], [true, false])
  assert.deepEqual([hasMore(box(499), 1), hasMore(box(499), -1)], [false, true])
})

/** A line between windows that hands each word over at once. */
class QuickChannel {
  private static readonly open: QuickChannel[] = []
  private heard: (word: { data: unknown }) => void = () => {}
  constructor() {
    QuickChannel.open.push(this)
  }
  addEventListener(_: string, heard: (word: { data: unknown }) => void): void {
    this.heard = heard
  }
  postMessage(data: unknown): void {
    for (const other of QuickChannel.open) if (other !== this) other.heard({ data })
  }
}

Object.assign(globalThis, {
  BroadcastChannel: QuickChannel, // a real one keeps the tests running
  addEventListener: window.addEventListener.bind(window),
  matchMedia: () => ({ matches: false, addEventListener: () => {} }),
})

test("notes say what lies over the scene, and that the stage is away only where it does not answer", () => {
  mock.timers.enable({ apis: ["setInterval", "Date"], now: 1 })
  try {
    let [cover, here]: [Cover, boolean] = ["black", true]
    const line = stageLine("t", ({ kind }) => {
      if (kind === "hello" && here) line.send({ kind: "at", place: COVER, cover, room: "" })
    })
    const root = document.createElement("div")
    new NotesWindow({ ...DECK, name: "Deck" }, "t").show(root)
    const hidden = (name: string) => root.querySelector<HTMLElement>(`.${name}`)!.hidden
    const seen: boolean[] = []
    for (let i = 0; i < 40; i++) {
      mock.timers.tick(250)
      seen.push(hidden("alone"))
    }
    assert.ok(seen.every(Boolean)) // it does not come and go while a stage is followed
    assert.equal(root.querySelector(".covered")!.textContent, "The screen is black.")
    cover = ""
    mock.timers.tick(2000)
    assert.ok(hidden("covered"))
    here = false
    for (let i = 0; i < 20; i++) mock.timers.tick(250)
    assert.ok(!hidden("alone"))
  } finally {
    mock.timers.reset()
  }
})

test("a deck in a file shows what its room said, and one without a room says that it has none", async () => {
  const deck = {
    id: "d",
    name: "Talk",
    phones: "own",
    timelines: {},
    scenes: [{ ...scene("r", "show"), kind: "results" }],
  }
  const found = { scene: "b", title: "Which one?", n: 3, sentences: ["3 people: too early to call."], notes: [] }
  const said = { code: "ABCDE", day: "2026-01-01", people: 3, scenes: [found] }
  const shownBy = async (more: object): Promise<string[]> => {
    const root = document.createElement("div")
    document.body.append(root)
    sessionStorage.clear()
    const stage = new Stage(root, { ...deck, ...more } as unknown as Deck, null, "d")
    stage.show()
    const cover = root.textContent
    window.dispatchEvent(Object.assign(new Event("keydown"), { key: "PageDown" }))
    await later()
    const told = root.textContent
    root.remove()
    return [cover, told]
  }
  const [cover, told] = await shownBy({ said })
  assert.match(cover!, /With what room ABCDE said on 2026-01-01, 3 people: a demonstration, not a study\./)
  assert.match(told!, /Which one\?3 people: too early to call\./)
  const [bare, none] = await shownBy({})
  assert.doesNotMatch(bare!, /With what room/)
  assert.match(none!, /What a room said is not in this file\./)
})

test("every language of the projector says all with the same values, and Arabic is read from the right", () => {
  const holes = (text: string): string[] => [...text.matchAll(/{\w+}/g)].map(([hole]) => hole).sort()
  const { en } = STAGE_TEXTS
  for (const [language, texts] of Object.entries(STAGE_TEXTS)) {
    assert.deepEqual(Object.keys(texts), Object.keys(en!), language)
    for (const key of Object.keys(en!) as (keyof typeof texts)[])
      if (!key.endsWith("_one")) assert.deepEqual(holes(texts[key]), holes(en![key]), `${language} ${key}`)
  }
  const root = document.createElement("div")
  const deck = { id: "a", name: "Talk", language: "ar", phones: "own", timelines: {}, scenes: [] }
  sessionStorage.clear()
  new Stage(root, deck as unknown as Deck, null, "a").show()
  assert.equal(document.documentElement.dir, "rtl")
  assert.match(root.textContent, /للبدء/)
  const names = ["The right answer", "Mine"].map((name) => paneName({ kind: "trust" }, name))
  assert.deepEqual(names, ["الإجابة الصحيحة", "Mine"])
  speakLanguage("de")
  assert.equal(paneName({ kind: "sweep" }, "0.5 s to the first word"), "0.5 s bis zum ersten Wort")
  assert.equal(paneName({ kind: "side" }, "Clean"), "Clean") // a prototype's own name
  speakLanguage("xx")
  assert.equal(`${document.documentElement.dir} ${tell("trust")}`, "ltr Trust")
})

type Part = object | "hang" | "cut"

/** What a stage tells of an answer that comes in these parts. */
async function heardOf(parts: readonly Part[], status = 200): Promise<string[]> {
  const told: string[] = []
  let end = (): void => {}
  const ended = new Promise<void>((done) => (end = done))
  const calls = {
    model: (name: string) => told.push(`model ${name}`),
    event: (pane: string) => told.push(pane),
    whole: () => {
      told.push("whole")
      end()
    },
    fell: (why: string) => {
      told.push(`fell: ${why}`)
      end()
    },
  }
  const answer = new StageAnswer(["A", "B"], calls, 20)
  const lines = parts.filter((part) => typeof part === "object").map((part) => `data: ${JSON.stringify(part)}\n\n`)
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const line of lines) controller.enqueue(new TextEncoder().encode(line))
      if (parts.at(-1) === "cut") controller.error(new Error("cut"))
      else if (parts.at(-1) !== "hang") controller.close()
    },
  })
  void answer.ask(() => Promise.resolve(new Response(status === 200 ? body : JSON.stringify(parts[0]), { status })))
  await ended
  await later() // what it would say a second time
  return told
}

test("a live answer that ends, dies, hangs, is cut or is refused says so exactly once", async () => {
  const word = { pane: "A", at: 0.1, kind: "text", text: "Eight" }
  const ends = ["A", "B"].map((pane) => ({ pane, at: 0.2, kind: "end", text: "" }))
  const model = { kind: "model", name: "SmolLM" }
  assert.deepEqual(await heardOf([model, word, ...ends, { kind: "over" }]), ["model SmolLM", "A", "A", "B", "whole"])
  assert.deepEqual(await heardOf([word, { kind: "fell", what: "It died." }, word]), ["A", "fell: It died."])
  for (const end of ["hang", "cut"] as const)
    assert.equal((await heardOf([word, end])).at(-1), "fell: The server was lost.")
  assert.deepEqual(await heardOf([word]), ["A", "fell: The server was lost."])
  assert.deepEqual(await heardOf([...ends, { kind: "fell", what: "Late." }]), ["A", "B", "whole"])
  assert.deepEqual(await heardOf([{ what: "No model is here." }], 422), ["fell: No model is here."])
})

const ENTRY: RoomEntry = { room: "r", code: "ABCDE", address: "here/r", reached: true, qr: [] }
const later = (): Promise<void> => new Promise((done) => setImmediate(done))
const STATE: RoomState = { joined: 1, votes: {}, late: {}, ended: false }

test("moves that the server missed are told in order once it is back, and one that it refuses is let go", async () => {
  const told: string[] = []
  let down = 2
  const api = {
    room: () => Promise.resolve(ENTRY),
    state: () => Promise.resolve(STATE),
    move: (_: string, key: string) => {
      if (key === "bad") return Promise.reject(new StageRefused("no", "", 422))
      if (down-- > 0) return Promise.reject(new Error("no net"))
      told.push(key)
      return Promise.resolve({})
    },
  }
  const link = new RoomLink(api, { get: () => "", set: () => {} }, () => {}, later)
  link.move("before", 0) // there is no room yet
  await link.begin()
  for (const key of ["a", "bad", "b"]) link.move(key, 0)
  for (let i = 0; i < 50 && told.length < 2; i++) await new Promise((done) => setImmediate(done))
  assert.deepEqual(told, ["a", "b"])
  link.end()
})

test("the reveal names the line on its bars once, with the numbers of its ends, and only where there is one", () => {
  const trust = { value: 62, low: 48.4, high: 75.6, n: 30 }
  const pane = { key: "A", name: "One", outcome: "", clock: 2, felt: null, used: null, trust }
  const chosen = { value: 0.5, low: null, high: null, n: 2, count: 1 }
  const found = { scene: "b", title: "", n: 30, sentences: ["Said."], notes: [], panes: [{ ...pane, chosen }] }
  const view = (panes: readonly object[]) =>
    sceneResults({ ...found, panes } as unknown as SceneFinding, { ...scene("b", "reveal"), asked: {} })
  const two = view([found.panes[0]!, found.panes[0]!])
  assert.equal(two.querySelectorAll(".legend").length, 1)
  assert.match(two.textContent, /Trust 62 \(48 to 76\)/)
  assert.doesNotMatch(two.textContent, /of 100/)
  assert.equal(view([{ ...found.panes[0], trust: null }]).querySelectorAll(".legend").length, 0)
})

test("who was chosen is told as a number of people and as the share that its line is about", () => {
  const pane = { key: "A", name: "One", outcome: "", clock: 2, felt: null, used: null, trust: null }
  const asked = { choice: [{ name: "choice" }] }
  const told = (chosen: object): string => {
    const found = { scene: "b", title: "", n: 12, sentences: [], notes: [], panes: [{ ...pane, chosen }] }
    return sceneResults(found as unknown as SceneFinding, { ...scene("b", "reveal"), asked }).textContent
  }
  assert.match(told({ value: 0.5, low: 0.2, high: 0.8, n: 12, count: 6 }), /Chosen 6, 50 % \(20 % to 80 %\)/)
  assert.match(told({ value: null, low: null, high: null, n: 0, count: 0 }), /Chosen 0(?!,)/)
})
