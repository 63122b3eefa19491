/** Facts about what a turn shows beside its words: marks, sources, things to do with it. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { createPlayer } from "../page/player"
import type { Event } from "../events"
import type { PlayerData, Timeline } from "../protocol"
import { Turn } from "../pieces/turn"

const text = (words: string): Event => ({ at: 0, kind: "text", text: words })
const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 90))

function painted(...events: Event[]): Turn {
  const turn = new Turn({ choose() {}, act() {} })
  dom.window.document.body.append(turn.root)
  turn.paint(events)
  return turn
}
const one = (turn: Turn, css: string): HTMLElement => turn.root.querySelector<HTMLElement>(css)!
const all = (turn: Turn, css: string): string[] => [...turn.root.querySelectorAll(css)].map((e) => e.textContent ?? "")

test("a mark finds the right occurrence, also across bold words, and stays when the turn is finished", () => {
  const turn = painted(
    text("Rome is old. **Rome** was big, I think.\n\nRome!"),
    { at: 1, kind: "mark", text: "Rome was", data: { nth: 0, level: "low", title: "40 % sure" } },
    { at: 1, kind: "mark", text: "Rome", data: { nth: 2, palette: "underline" } },
  )
  turn.finish()
  assert.deepEqual(all(turn, "mark"), ["Rome", " was (40 % sure)", "Rome"])
  assert.equal(one(turn, "strong mark").textContent, "Rome")
  assert.equal(turn.source, "Rome is old. **Rome** was big, I think.\n\nRome!")
})

test("an answer that was cut at its limit ends without signs of markdown, also above a badge", () => {
  const badge: Event = { at: 1, kind: "badge", text: "Sure", data: { level: "high" } }
  for (const between of [[], [badge]]) {
    const turn = painted(text("Do **this"), ...between, { at: 2, kind: "end", data: { reason: "length" } })
    turn.finish()
    assert.equal(one(turn, ".answer").innerHTML, "<p>Do <strong>this</strong></p>")
    assert.equal(turn.source, "Do **this")
  }
  const marked = painted(text("Do **this"), { at: 1, kind: "mark", text: "this", data: { nth: 0, level: "low" } })
  marked.paint([{ at: 2, kind: "end", data: { reason: "length" } }])
  marked.finish()
  assert.deepEqual(all(marked, "mark"), ["this"])
  const whole = painted(text("Use **kwargs"), { at: 2, kind: "end", data: { reason: "stop" } })
  whole.finish()
  assert.equal(one(whole, ".answer").innerHTML, "<p>Use **kwargs</p>")
})

test("a mark that is not in the answer changes nothing", () => {
  const turn = painted(
    text("Yes."),
    { at: 1, kind: "mark", text: "No", data: { nth: 0 } },
    { at: 1, kind: "mark", text: "", data: {} },
  )
  assert.equal(one(turn, ".answer").innerHTML, "<p>Yes.</p>")
})

test("sources are listed with their number behind the claim, and hostile titles stay words", () => {
  const turn = painted(
    text("It has two moons. They are small."),
    {
      at: 1,
      kind: "source",
      text: "<img src=x onerror=alert(1)>",
      data: { n: 1, claim: "two moons", nth: 0, detail: "Says so.", origin: "From the script" },
    },
    { at: 1, kind: "source", text: "Atlas", data: { n: 2, claim: "not there", nth: 0 } },
  )
  assert.equal(one(turn, ".answer p").childNodes[0]!.textContent, "It has ")
  assert.deepEqual(all(turn, ".cite button"), ["1"])
  assert.deepEqual(all(turn, ".source strong"), ["<img src=x onerror=alert(1)>", "Atlas"])
  assert.deepEqual(all(turn, ".source .num"), ["1"])
  assert.equal(turn.root.querySelector("img"), null)
  assert.ok(!turn.root.textContent.includes("From the script"))
})

test("a draft is marked until it is revised", () => {
  const turn = painted({ at: 0, kind: "text", text: "Short.", data: { draft: true } })
  assert.ok(turn.root.classList.contains("draft"))
  turn.paint([{ at: 1, kind: "revise", text: "Short. And long." }])
  assert.ok(!turn.root.classList.contains("draft"))
  assert.deepEqual(all(turn, ".answer"), ["Short. And long."])
})

test("words can be corrected where they stand, and put back", () => {
  const turn = painted(text("The capitol is Canberra."), {
    at: 1,
    kind: "action",
    text: "Correct it",
    data: { name: "edit", scope: "sentence" },
  })
  turn.finish()
  one(turn, ".correct button").click()
  assert.equal(one(turn, ".answer p").getAttribute("contenteditable"), "plaintext-only")
  one(turn, ".answer p").textContent = "The capital is Canberra."
  one(turn, ".correct button").click()
  assert.equal(one(turn, ".answer p").getAttribute("contenteditable"), null)
  assert.deepEqual(all(turn, ".correct button"), ["Undo", "Correct it"])
  one(turn, ".correct button").click()
  assert.equal(one(turn, ".answer").textContent, "The capitol is Canberra.")
})

test("feedback takes thumbs, tags and a comment, and says that it stays here", () => {
  const turn = painted(text("One.\n\nTwo."), {
    at: 1,
    kind: "action",
    text: "How was it?",
    data: { name: "feedback", scale: "thumbs", tags: ["Wrong", "Long"], comment: true },
  })
  const [good, bad] = [...turn.root.querySelectorAll<HTMLElement>(".thumb")]
  good!.click()
  bad!.click()
  assert.deepEqual([good!.getAttribute("aria-pressed"), bad!.getAttribute("aria-pressed")], ["false", "true"])
  one(turn, ".feedback").dispatchEvent(new dom.window.Event("submit", { cancelable: true }))
  assert.match(one(turn, ".feedback").textContent, /stays on your screen/)
})

test("each paragraph can be rated by itself", () => {
  const turn = painted(text("One.\n\nTwo.\n\nThree."), {
    at: 1,
    kind: "action",
    text: "How was it?",
    data: { name: "feedback", parts: "paragraphs" },
  })
  assert.equal(turn.root.querySelectorAll(".part .thumbs").length, 3)
})

test("what a button says once pressed is drawn as words", () => {
  const turn = painted({
    at: 0,
    kind: "action",
    text: "Ask a person",
    data: { name: "say", after: "A person **takes over**.<b>x</b>", items: ["Your question"] },
  })
  one(turn, ".acts button").click()
  assert.equal(one(turn, ".notice strong").textContent, "takes over")
  assert.equal(turn.root.querySelector("b"), null)
  assert.deepEqual(all(turn, ".notice li"), ["Your question"])
})

test("a bar fills for as long as is expected, and goes with the first words", () => {
  const turn = painted({
    at: 0,
    kind: "status",
    text: "Working",
    data: { shape: "bar", seconds: 4, curve: "accelerating" },
  })
  assert.match(one(turn, ".gauge i").getAttribute("style")!, /4s/)
  turn.paint([text("Done.")])
  assert.equal(turn.root.querySelector(".gauge"), null)
})

test("columns and folds are drawn, and not where they come from", () => {
  const columns = [
    { title: "For", items: ["Cheap"] },
    { title: "Against", items: ["Slow", "Loud"] },
  ]
  const turn = painted(
    { at: 0, kind: "notice", text: "Both sides", data: { tone: "card", columns, origin: "From the model" } },
    { at: 0, kind: "notice", text: "Thinking", data: { fold: "closed", items: ["First …"] } },
  )
  assert.deepEqual(all(turn, ".sides .pair p"), ["For", "Against"])
  assert.equal(one(turn, "details").hasAttribute("open"), false)
  assert.ok(!turn.root.textContent.includes("From the model"))
})

const again: Timeline = {
  events: [
    text("First."),
    { at: 0.01, kind: "action", text: "Another answer", data: { name: "again", actions: ["again"] } },
    { at: 0.02, kind: "end" },
  ],
  branches: { again: { events: [text("Second."), { at: 0.01, kind: "end" }] } },
}
const slow: Timeline = {
  events: [
    { at: 0, kind: "action", text: "Enough", data: { name: "stop" } },
    text("One"),
    { at: 30, kind: "text", text: " two." },
    { at: 31, kind: "end" },
  ],
}

function player(...timelines: Timeline[]) {
  const panes = timelines.map((timeline, i) => ({
    key: "ABCD"[i]!,
    name: "P",
    summary: "",
    prototype: `p${i}`,
    timeline,
  }))
  const recording = { id: "f".repeat(64), model: "m", scripted: true, made: "", ending: "" }
  const data: PlayerData = {
    play_set: "one",
    comparison: "c",
    prompt: "Why?",
    panes,
    recording,
    live: null,
    reveal: true,
  }
  const made = createPlayer(dom.window.document.body, data)
  return { made, page: made.host.shadowRoot! }
}

test("another answer hides the one before, which can be looked at again", async () => {
  const { made, page } = player(again)
  made.play()
  await soon()
  page.querySelector<HTMLElement>(".acts button")!.click()
  await soon()
  const seen = () =>
    [...page.querySelectorAll<HTMLElement>(".turn")]
      .filter((turn) => !turn.hidden)
      .map((turn) => turn.querySelector(".answer")!.textContent)
  assert.deepEqual(seen(), ["Second."])
  page.querySelector<HTMLElement>(".tries button")!.click()
  assert.deepEqual(seen(), ["First."])
  assert.equal(page.querySelector(".tries .num")!.textContent, "1 of 2")
  made.destroy()
})

test("a pane's own stop ends that pane and keeps its words, while the other plays on", async () => {
  const { made, page } = player(slow, slow)
  made.play()
  await soon()
  page.querySelector<HTMLElement>("[data-pane=A] .stopper button")!.click()
  await soon()
  assert.match(page.querySelector("[data-pane=A]")!.textContent, /One.*Stopped\./s)
  assert.equal(page.querySelector("[data-pane=A] .stopper"), null)
  assert.ok(page.querySelector("[data-pane=B]")!.classList.contains("playing"))
  made.destroy()
})
