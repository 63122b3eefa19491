/** Facts about a phone in a room: its order, what it remembers, and what counts as sent. */
import "../../participate/tests/dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Entry } from "../../participate/outbox/shelf"
import { RoomApi } from "../api"
import { RoomMemory } from "../memory"
import { RoomPage } from "../page"
import { ownOrder } from "../order"
import type { PhoneScene } from "../protocol"
import { ROOM_TEXTS, RoomWords } from "../roomwords"
import { Voting } from "../voting"

test("each order of the answers comes about equally often, and one phone keeps its own", () => {
  const counts = new Map<string, number>()
  for (let n = 0; n < 6000; n++) {
    const order = ownOrder(["A", "B", "C"], `phone-${n}:s1`).join("")
    counts.set(order, (counts.get(order) ?? 0) + 1)
    if (n < 20) assert.equal(ownOrder(["A", "B", "C"], `phone-${n}:s1`).join(""), order)
  }
  assert.equal(counts.size, 6)
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 150, String(count))
})

/** A browser's storage that is there as long as somebody has it. */
const heldStorage = (): Storage => {
  const held = new Map<string, string>()
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  } as unknown as Storage
}

test("half an answer is there again after a reload, and a closed room forgets who one was", () => {
  const storage = heldStorage()
  const memory = new RoomMemory("ABCDE", storage)
  memory.keepHalf("s1", { values: { "felt-A": "2" }, seen: { A: 1.5 }, panes: 1 })
  const again = new RoomMemory("ABCDE", storage)
  assert.equal(again.id, memory.id)
  assert.deepEqual(again.half("s1"), { values: { "felt-A": "2" }, seen: { A: 1.5 }, panes: 1 })
  assert.equal(new RoomMemory("FGHJK", storage).half("s1").panes, 0)
  const before = again.id
  again.forget()
  assert.notEqual(again.id, before)
})

test("only the server's own word commits a vote; what may come right is sent again, what cannot is not", async () => {
  const entry: Entry = { id: "v", kind: "answer", ticket: "t", step: "s1", body: "{}", at: 1 }
  const sent = async (status: number, body: unknown) => {
    const reply = () =>
      Promise.resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status }))
    return (await new RoomApi("http://here/r/api/", reply).send(entry, false)).kind
  }
  assert.equal(await sent(200, { committed: "v" }), "committed")
  assert.equal(await sent(200, { committed: "other" }), "retry")
  assert.equal(await sent(200, "<html>hotel wifi</html>"), "retry")
  assert.equal(await sent(409, { code: "answered" }), "answered")
  assert.equal(await sent(409, { code: "early" }), "retry")
  assert.equal(await sent(409, { code: "closed" }), "refused")
  assert.equal(await sent(410, { code: "ended" }), "gone")
  assert.equal(await sent(404, { detail: "not here" }), "retry")
  assert.equal(await sent(403, { code: "ticket" }), "retry")
  assert.equal(await sent(503, { code: "busy" }), "retry")
})

test("every language of a phone says everything with the same values, and leaves the presenter's words alone", () => {
  const holes = (text: string): string[] => [...text.matchAll(/{\w+}/g)].map(([hole]) => hole).sort()
  const { asked, ...plain } = ROOM_TEXTS["en"]!
  for (const [language, texts] of Object.entries(ROOM_TEXTS)) {
    assert.deepEqual(Object.keys(texts.asked), Object.keys(asked), language)
    for (const [key, text] of Object.entries(plain))
      assert.deepEqual(holes(texts[key as keyof typeof plain]), holes(text), `${language} ${key}`)
  }
  const german = new RoomWords("de")
  assert.equal(
    german.asked("How many of these answers were right? There are 10."),
    "Wie viele dieser Antworten waren richtig? Es sind 10.",
  )
  assert.equal(german.asked("A question of the presenter's own"), "A question of the presenter's own")
  assert.equal(german.refusal("busy", "The server is busy."), "The server is busy.")
  const page = document.createElement("html")
  new RoomWords("ar").dress(page)
  assert.equal(`${page.lang} ${page.dir}`, "ar rtl")
})

const CHOICE = { name: "choice", kind: "choice", text: "Which one?", options: [{ value: "A", label: "A" }] }
const SCENES = ["s1", "s2"].map((key) => ({ key, title: key, panes: [], asked: { [key]: [CHOICE] } }))
const later = (): Promise<void> => new Promise((done) => setTimeout(done, 30))

/** A phone in a room whose presenter is where `go` says, "end" for nowhere; `shown` is what stands on it. */
async function phoneIn(scenes: readonly object[], asks = "s1") {
  const fetcher = (address: string): Promise<Response> => {
    const state = { scene: asks || "s1", asks, ended: asks === "end", host: true, poll_s: 0.005 }
    const joined = { ticket: "t", room: "r", phones: "follow", scenes, done: [], ended: false }
    return Promise.resolve(new Response(JSON.stringify(String(address).endsWith("state") ? state : joined)))
  }
  const matchMedia = () => ({ matches: false, addEventListener: () => {} })
  Object.assign(globalThis, { fetch: fetcher, matchMedia, addEventListener: () => {} })
  history.replaceState(null, "", "/r/ABCDE")
  const root = document.createElement("div")
  document.body.append(root)
  void new RoomPage(root).run()
  await later()
  const shown = () => root.textContent ?? ""
  const go = async (to: string): Promise<void> => {
    asks = to
    await later()
  }
  return { go, shown }
}

test("a scene without a title has a heading on a phone all the same", async () => {
  const { shown } = await phoneIn([{ ...SCENES[0]!, title: "" }])
  assert.match(shown(), /^Your answersWhich one/)
})

test("a phone that is loaded again waits for the end of the play no longer than it would have", async () => {
  const storage = heldStorage()
  const shown = async (): Promise<[Voting, string]> => {
    const scene = { ...SCENES[0]!, ends_s: 0.3 } as unknown as PhoneScene
    const calls = { timeline: () => Promise.reject(new Error()), send: () => Promise.resolve() }
    const voting = new Voting(scene, "s1", false, new RoomMemory("ABCDE", storage), new RoomWords("en"), calls)
    await voting.show()
    return [voting, voting.root.textContent ?? ""]
  }
  assert.match((await shown())[1], /^Look at the screen/)
  await new Promise((done) => setTimeout(done, 200))
  const [loaded, says] = await shown()
  assert.match(says, /^Look at the screen/)
  await new Promise((done) => setTimeout(done, 150))
  assert.match(loaded.root.textContent ?? "", /^s1Which one/) // 0.35 s after the first, 0.15 s after the second
  assert.match((await shown())[1], /^s1Which one/)
  loaded.destroy() // the presenter went elsewhere, and plays it again
  const [again, waits] = await shown()
  assert.match(waits, /^Look at the screen/)
  again.destroy()
})

test("a phone that has not begun keeps its questions at the reveal, and goes on with the next ones", async () => {
  const { go, shown } = await phoneIn(SCENES)
  assert.match(shown(), /^s1Which one/)
  await go("")
  assert.match(shown(), /gone on.*marked as late.*s1Which one/)
  await go("s2")
  assert.match(shown(), /^s2Which one/)
  assert.doesNotMatch(shown(), /gone on/)
  await go("end")
})

test("questions about what plays on the projector come once it has ended, or once the screen has gone on", async () => {
  const scenes = SCENES.map((scene) => ({ ...scene, ends_s: scene.key === "s1" ? 0.1 : 60 }))
  const { go, shown } = await phoneIn(scenes)
  assert.match(shown(), /^Look at the screen.*once everything has played/)
  await new Promise((done) => setTimeout(done, 120))
  assert.match(shown(), /^s1Which one/)
  await go("s2")
  assert.doesNotMatch(shown(), /Which one/)
  await go("")
  assert.match(shown(), /gone on.*s2Which one/)
  await go("end")
})
