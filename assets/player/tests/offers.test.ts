/** Facts about a question that is typed: it is looked up, and what was written for it is offered. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { createPlayer } from "../page/player"
import type { Callbacks, PlayerData } from "../protocol"

const DATA: PlayerData = {
  play_set: "one",
  comparison: "c",
  prompt: "Why?",
  panes: [
    { key: "A", name: "A", summary: "", prototype: "p", timeline: { events: [{ at: 0, kind: "end", text: "" }] } },
  ],
  live: { url: "/live", token: "t", model: "m" },
  reveal: true,
  recording: { id: "r", model: "m", scripted: true, made: "", ending: "" },
}

const OFFER = { value: "w", label: "Where do otters sleep?", same: true }

test("a typed question is looked up once the keys rest, and Enter plays what is written for it", async () => {
  const typed: string[] = []
  const chosen: string[] = []
  const calls: Callbacks = { typed: (question) => typed.push(question), row: ({ value }) => chosen.push(value) }
  const player = createPlayer(dom.window.document.body, DATA, calls)
  const find = (css: string): HTMLElement => player.host.shadowRoot!.querySelector<HTMLElement>(css)!
  try {
    const box = find("textarea") as HTMLTextAreaElement
    for (const words of ["Where", "Where do otters sleep"]) {
      box.value = words
      box.dispatchEvent(new dom.window.Event("input"))
    }
    await new Promise((rest) => setTimeout(rest, 600))
    assert.deepEqual(typed, ["Where do otters sleep"])
    assert.equal(find("button.go").textContent, "Ask the model live")
    player.update({ ...DATA, found: { ...OFFER, asked: "Where do otters sleep" } })
    assert.equal(find("button.go").textContent, "Play written answer")
    assert.equal(find(".second").textContent, "Ask the model live")
    assert.equal(find(".line").textContent, "Enter plays the answer that was written for “Where do otters sleep?”.")
    box.dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: "Enter" }))
    assert.deepEqual([chosen, box.value], [["w"], ""])
    player.update({ ...DATA, play_set: "two", prompt: "Where do otters sleep?" })
    assert.equal(box.value, "Where do otters sleep?")
    for (const same of ["where do  OTTERS sleep", "«Where do otters sleep?»"]) {
      player.update({ ...DATA, prompt: "Where do otters sleep?", found: { ...OFFER, asked: same, value: "" } })
      box.value = same
      box.dispatchEvent(new dom.window.Event("input"))
      assert.equal(find("button.go").textContent, "Play")
    }
  } finally {
    player.destroy()
  }
})

test("Enter asks a question that is only near a written one, and the written answer is a second choice", () => {
  const chosen: string[] = []
  const player = createPlayer(dom.window.document.body, DATA, { row: ({ value }) => chosen.push(value) })
  const find = (css: string): HTMLElement => player.host.shadowRoot!.querySelector<HTMLElement>(css)!
  try {
    const box = find("textarea") as HTMLTextAreaElement
    const near = { ...OFFER, asked: "Where do others sleep", same: false }
    for (const [prompt, asked] of [
      ["Why?", near.asked],
      ["What is C?", "What is C++?"],
      ["What is net?", "What is .NET?"],
    ] as const) {
      player.update({ ...DATA, prompt, found: { ...near, asked } })
      box.value = asked
      box.dispatchEvent(new dom.window.Event("input"))
      assert.equal(find("button.go").textContent, "Ask the model live")
      assert.equal(find(".second").textContent, "Play written answer")
      assert.equal(find(".line").textContent, "There is a written answer to “Where do otters sleep?”. Enter asks m.")
    }
    find(".second").click()
    assert.deepEqual([chosen, box.value], [["w"], ""])
  } finally {
    player.destroy()
  }
})

test("a question that is asked at once is not looked up while its answer comes", async () => {
  const typed: string[] = []
  const player = createPlayer(dom.window.document.body, DATA, { typed: (question) => typed.push(question) })
  const find = (css: string): HTMLElement => player.host.shadowRoot!.querySelector<HTMLElement>(css)!
  try {
    const box = find("textarea") as HTMLTextAreaElement
    box.value = "Where do otters sleep"
    box.dispatchEvent(new dom.window.Event("input"))
    find("button.go").click()
    await new Promise((rest) => setTimeout(rest, 600))
    assert.deepEqual(typed, [])
  } finally {
    player.destroy()
  }
})
