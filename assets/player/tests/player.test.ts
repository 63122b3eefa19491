/** Facts about the player as a whole: branches, new data, and what it says. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { createPlayer, type Player } from "../page/player"
import type { Event } from "../events"
import type { Callbacks, PlayerData, PlayReport, Timeline } from "../protocol"
import { afterChoice, START_STEPS, stepAfter, timelineAt } from "../stage/steps"

const text = (time: number, words: string): Event => ({ at: time, kind: "text", text: words })
const end = (time: number): Event => ({ at: time, kind: "end", data: { reason: "stop" } })
const leaf = (...events: Event[]): Timeline => ({ events, branches: {} })
const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 90))

const QUESTION: Timeline = {
  events: [{ at: 0.01, kind: "question", text: "Which?", data: { options: ["this", "that"], other: true } }],
  branches: { this: leaf(text(0.01, "It is this."), end(0.02)) },
}
const CUT: Timeline = {
  events: [
    text(0.01, "Half a sen"),
    { at: 0.02, kind: "failure", text: "Cut.", data: { detail: "Kept.", actions: ["continue", "retry"] } },
  ],
  branches: { continue: leaf(text(0.01, "tence."), end(0.02)), retry: leaf(text(0.01, "All anew."), end(0.02)) },
}

function data(timeline: Timeline, more: Partial<PlayerData> = {}): PlayerData {
  return {
    play_set: "one",
    comparison: "c",
    prompt: "Why?",
    panes: [{ key: "A", name: "Streaming", summary: "", prototype: "p", timeline }],
    recording: { id: "f".repeat(64), model: "m", scripted: true, made: "", ending: "" },
    live: null,
    reveal: true,
    ...more,
  }
}

function made(
  values: PlayerData,
  callbacks: Callbacks = {},
): { player: Player; page: ShadowRoot; find: (css: string) => HTMLElement } {
  const player = createPlayer(dom.window.document.body, values, callbacks)
  const page = player.host.shadowRoot!
  return { player, page, find: (css) => page.querySelector<HTMLElement>(css)! }
}

test("a chosen option plays its branch in that pane and is told as a sighting of its own", async () => {
  const told: PlayReport[] = []
  const { player, page, find } = made(data(QUESTION), { seen: (seen) => told.push(seen) })
  player.play()
  await soon()
  find(".options .chip").click()
  await soon()
  assert.deepEqual(
    [...page.querySelectorAll(".user, .decided")].map((e) => e.textContent),
    ["Why?", "this"],
  )
  assert.equal(find(".answer").textContent, "It is this.")
  assert.equal(told.length, 2)
  assert.notEqual(told[0]!.play, told[1]!.play)
  player.destroy()
})

test("going on appends to the words in place, and trying again starts anew", async () => {
  const { player, page, find } = made(data(CUT))
  player.play()
  await soon()
  assert.match(find(".fail").textContent, /Cut\. Kept\./)
  find(".fail .small").click()
  await soon()
  assert.equal(find(".answer").textContent, "Half a sentence.")
  assert.equal(page.querySelector(".fail"), null)
  player.play()
  await soon()
  page.querySelectorAll<HTMLElement>(".fail .small")[1]!.click()
  await soon()
  assert.equal(find(".answer").textContent, "All anew.")
  player.destroy()
})

test("a step that nobody recorded says so where no model can be asked", async () => {
  const { player, page, find } = made(data(QUESTION))
  player.play()
  await soon()
  page.querySelectorAll<HTMLElement>(".options .chip")[1]!.click()
  assert.match(find(".outside").textContent, /not recorded/)
  assert.equal(page.querySelectorAll<HTMLButtonElement>(".options .chip")[1]!.disabled, false)
  player.destroy()
})

test("new data for the same play leaves what is shown alone", async () => {
  const { player, find } = made(data(leaf(text(0.01, "Words."), end(0.02))))
  player.play()
  await soon()
  const answer = find(".answer")
  player.update(data(leaf(text(0.01, "Words."), end(0.02)), { reveal: false, open: "A" }))
  assert.equal(find(".answer"), answer)
  assert.equal(find(".dials").getAttribute("aria-pressed"), "true")
  assert.equal(find(".veil").hidden, false)
  player.destroy()
})

test("new timelines clear the panes, and play by themselves only where they should", async () => {
  const { player, page, find } = made(data(leaf(text(0.01, "Old."), end(0.02))))
  player.play()
  await soon()
  player.update(data(leaf(text(0.01, "New."), end(0.02)), { play_set: "two" }))
  assert.equal(page.querySelector(".answer"), null)
  player.update(data(leaf(text(0.01, "Newer."), end(0.02)), { play_set: "three", autoplay: true }))
  await soon()
  assert.equal(find(".answer").textContent, "Newer.")
  player.destroy()
})

test("the log is busy while it plays, and the whole answer is announced once", async () => {
  const { player, page, find } = made(data(leaf(text(0.01, "Some "), text(0.05, "words."), end(0.06))))
  player.play()
  assert.equal(find(".flow").getAttribute("aria-busy"), "true")
  await soon()
  await soon()
  assert.equal(find(".flow").getAttribute("aria-busy"), "false")
  assert.deepEqual(
    [...page.querySelectorAll("[aria-live=polite] p")].map((e) => e.textContent),
    ["A, Streaming: Some words."],
  )
  player.destroy()
})

test("stop keeps the words and says so", async () => {
  const told: PlayReport[] = []
  const { player, find } = made(data(leaf(text(0.01, "Some "), text(5, "words."), end(6))), {
    seen: (seen) => told.push(seen),
  })
  player.play()
  await soon()
  find("button.go").click()
  assert.equal(find(".answer").textContent.trim(), "Some")
  assert.equal(find(".notice").textContent, "Stopped.")
  assert.equal(told[0]!.panes[0]!.stopped, true)
  player.destroy()
})

test("a raw error is shown as it is, and a revised text replaces all words", async () => {
  const { player, find } = made(
    data(
      leaf(
        text(0.01, "One "),
        { at: 0.02, kind: "revise", text: "Two" },
        { at: 0.03, kind: "error", text: "<b>E</b>: x" },
      ),
    ),
  )
  player.play()
  await soon()
  assert.equal(find(".answer").textContent, "Two")
  assert.equal(find(".raw").textContent, "<b>E</b>: x")
  player.destroy()
})

test("text in the box that nobody recorded is not asked without a model, and is explained", () => {
  const { player, find } = made(data(leaf(end(0))))
  const box = find("textarea") as HTMLTextAreaElement
  box.value = "Something else"
  box.dispatchEvent(new dom.window.Event("input"))
  assert.equal((find("button.go") as HTMLButtonElement).disabled, true)
  assert.match(find(".line").textContent, /No model can be asked/)
  player.destroy()
})

test("steps lead along branches, and nowhere where none was prepared", () => {
  const steps = afterChoice("Which?", "this")(START_STEPS)
  assert.equal(timelineAt(QUESTION, steps.path), QUESTION.branches!.this)
  assert.equal(timelineAt(QUESTION, stepAfter("retry", "")!.take(steps).path), undefined)
  assert.equal(timelineAt(QUESTION, ["constructor"]), undefined)
  assert.deepEqual(stepAfter("continue", "words")!.take(stepAfter("retry", "")!.take(START_STEPS)), {
    path: ["retry", "continue"],
    choices: [],
    attempt: 2,
    partial: "words",
  })
  assert.equal(stepAfter("stop", ""), undefined)
})

test("until the reveal a pane is its letter, and nothing says which prototype it is", async () => {
  const blind = data(leaf(text(0.01, "Words."), end(0.02)), { reveal: false, open: "" })
  const named = { ...blind, panes: [{ ...blind.panes[0]!, name: "Secret", summary: "by token" }] }
  const { player, page, find } = made(named)
  player.play()
  await soon()
  assert.ok(!page.textContent.includes("Secret") && !page.textContent.includes("by token"))
  assert.ok(![...page.querySelectorAll("[aria-label]")].some((e) => e.getAttribute("aria-label")!.includes("Secret")))
  assert.equal(find(".pane").getAttribute("aria-label"), "A")
  assert.ok(find(".pane .name").hidden && !find(".pane .name").textContent)
  player.update({ ...named, reveal: true })
  assert.ok(!find(".pane .name").hidden)
  assert.equal(find(".pane .name").textContent, "Secret")
  assert.equal(find(".pane").getAttribute("aria-label"), "A, Secret")
  player.destroy()
})
