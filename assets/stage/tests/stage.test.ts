/** Facts about the stage: keys, beats, and the line to its room. */
import "../../participate/tests/dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { beatAt, COVER, placeBeside, type Deck, type DeckScene, type Place } from "../deck"
import { commandOf } from "../keys"
import { StageAnswer } from "../liveanswer"
import { zoomFor } from "../players"
import { sceneResults, type SceneFinding } from "../resultsview"
import { RoomLink } from "../roomlink"
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
