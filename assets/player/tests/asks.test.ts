/** Facts about live answers inside the player: what waits, what can be pressed again, what a change does meanwhile. */
import { begin, line, QUESTION, stage, STREAM, until, write } from "./asking"
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { createPlayer } from "../page/player"
import type { PlayerData, PlayReport } from "../protocol"

test("a choice made while others still stream is asked when they are done, and told as that pane's own", () => {
  const told: PlayReport[] = []
  return stage({ seen: (seen) => told.push(seen) }, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    begin(here.answers[0]!)
    here.answers[0]!.write(line({ pane: "A", ...QUESTION }) + line({ pane: "B", at: 0, kind: "text", text: "Long " }))
    await until(() => !!here.find("[data-pane=A] .chip"))
    here.find("[data-pane=A] .chip").click()
    assert.match(here.find("[data-pane=A] .held").textContent, /as soon as/)
    assert.equal(here.asked.length, 1)
    here.answers[0]!.end(line({ pane: "B", at: 1, kind: "end" }))
    await until(() => here.answers.length === 2)
    assert.deepEqual(here.asked[1]!.choices, [{ question: "Which?", option: "this" }])
    assert.deepEqual(here.asked[1]!.panes, ["A"])
    begin(here.answers[1]!)
    here.answers[1]!.end(
      line({ pane: "A", at: 0, kind: "text", text: "This." }) +
        line({ pane: "A", at: 1, kind: "end" }) +
        line({ kind: "kept", recording: "k" }),
    )
    await until(() => told.length === 2)
    assert.equal(here.find("[data-pane=A] .answer").textContent, "This.")
    assert.equal(here.find("[data-pane=A] .held"), null)
    assert.deepEqual(
      [
        told[0]!.panes.length,
        told[0]!.choices.length,
        told[1]!.panes.length,
        told[1]!.choices.length,
        told[1]!.recording,
      ],
      [2, 0, 1, 1, "k"],
    )
  })
})

test("what was pressed can be pressed again where the model could not be asked", () =>
  stage({}, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    begin(here.answers[0]!)
    here.answers[0]!.end(line({ pane: "A", ...QUESTION }) + line({ pane: "B", at: 0, kind: "end" }))
    await until(() => here.find("button.go").textContent !== "Stop")
    here.find("[data-pane=A] .chip").click()
    await until(() => here.answers.length === 2)
    assert.equal((here.find("[data-pane=A] .chip") as HTMLButtonElement).disabled, true)
    here.answers[1]!.writeHead(422, { "content-type": "application/json" }).end(
      JSON.stringify({ what: "The model is missing." }),
    )
    await until(() => !here.find(".trouble").hidden)
    assert.equal((here.find("[data-pane=A] .chip") as HTMLButtonElement).disabled, false)
    assert.equal(here.find("[data-pane=A] .held"), null)
  }))

test("a change of dials waits for the live answer, and one that is taken back changes nothing", () =>
  stage({}, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    begin(here.answers[0]!)
    here.answers[0]!.write(line({ pane: "A", at: 0, kind: "text", text: "Live." }))
    await until(() => !!here.find(".answer"))
    here.player.update({ ...here.data, play_set: "two", comparison: "other" })
    assert.match(here.find(".line").textContent, /Your change is shown when/)
    here.player.update(here.data)
    assert.doesNotMatch(here.find(".line").textContent, /Your change/)
    here.player.update({ ...here.data, play_set: "two", comparison: "other" })
    assert.equal(here.find(".answer").textContent, "Live.")
    here.answers[0]!.end(["A", "B"].map((pane) => line({ pane, at: 1, kind: "end" })).join(""))
    await until(() => !here.find(".answer"))
  }))

test("a double click asks once, and does not stop what it began", () =>
  stage({}, async (here) => {
    write(here, "Mine?")
    for (const detail of [1, 2])
      here.find("button.go").dispatchEvent(new dom.window.MouseEvent("click", { detail, bubbles: true }))
    await until(() => here.answers.length === 1)
    assert.equal(here.find("button.go").textContent, "Stop")
    here.find("button.go").dispatchEvent(new dom.window.MouseEvent("click", { detail: 1, bubbles: true }))
    assert.equal(here.find("button.go").textContent, "Ask the model live")
  }))

test("an answer that breaks off says in each pane what it has", () =>
  stage({}, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    begin(here.answers[0]!)
    here.answers[0]!.write(line({ pane: "A", at: 0, kind: "text", text: "Half" }))
    await until(() => !!here.find(".answer"))
    here.answers[0]!.destroy()
    await until(() => !!here.find("[data-pane=B] .fail"))
    assert.match(here.find("[data-pane=A] .fail").textContent, /connection was lost\. What came before it is kept/)
    assert.match(here.find("[data-pane=B] .fail").textContent, /connection was lost\. Nothing of it had come yet/)
    assert.equal(here.find("[data-pane=A] .answer").textContent, "Half")
  }))

test("a page that is not connected is asked for a new token until it has one, and says so", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] })
  const renewals: number[] = []
  await stage({ renew: (count) => renewals.push(count) }, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    here.answers[0]!.writeHead(403).end()
    await until(() => renewals.length === 1)
    context.mock.timers.tick(6_000)
    assert.deepEqual(renewals, [1, 2, 3])
    assert.match(here.find(".line").textContent, /Finding the server again/)
    here.player.update({ ...here.data, live: { ...here.data.live!, token: "new" } })
    await until(() => here.answers.length === 2)
    context.mock.timers.tick(60_000)
    assert.deepEqual(renewals, [1, 2, 3])
    assert.equal(here.find(".trouble").hidden, true)
  })
})

test("a page that is left in the middle of an answer gives the question back, once", async () => {
  let left: PlayerData | null = null
  await stage({}, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    begin(here.answers[0]!)
    here.answers[0]!.write(line({ pane: "A", at: 0, kind: "text", text: "Half" }))
    await until(() => !!here.find(".answer"))
    left = here.data
  })
  for (const words of ["Mine?", "Why?"]) {
    const player = createPlayer(dom.window.document.body, left!)
    assert.equal(player.host.shadowRoot!.querySelector("textarea")!.value, words)
    assert.equal(player.host.shadowRoot!.querySelector<HTMLElement>(".trouble")!.hidden, words === "Why?")
    player.destroy()
  }
})

test("a question that was answered is not given back", () =>
  stage({}, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    begin(here.answers[0]!)
    here.answers[0]!.end(["A", "B"].map((pane) => line({ pane, at: 1, kind: "end" })).join(""))
    await until(() => here.find("button.go").textContent !== "Stop")
    assert.equal(dom.window.sessionStorage.length, 0)
  }))

for (const queued of [false, true])
  test(`a live answer counts from ${queued ? "its beginning, for those told to wait" : "the press"}`, async () => {
    const told: PlayReport[] = []
    await stage({ seen: (seen) => told.push(seen) }, async (here) => {
      const press = new dom.window.MouseEvent("click", { bubbles: true, composed: true, detail: 1 })
      await until(() => performance.now() > 1000) // a press before the clock began would be none
      Object.defineProperty(press, "timeStamp", { value: performance.now() - 1000 })
      here.find(".ask .second").dispatchEvent(press)
      await until(() => here.answers.length === 1)
      const answer = here.answers[0]!
      if (queued) answer.writeHead(200, STREAM).write(line({ kind: "queued", place: 1 }))
      if (queued) answer.write(line({ kind: "start", wall: 0 }))
      else begin(answer)
      for (const pane of ["A", "B"])
        answer.write(line({ pane, at: 0, kind: "text", text: "Yes." }) + line({ pane, at: 0, kind: "end" }))
      answer.end(line({ kind: "kept", recording: "k".repeat(64) }))
      await until(() => told.length > 0)
      assert.equal(told[0]!.panes[0]!.painted.first! >= 1, !queued)
    })
  })

test("what Enter will do with another question is said while it is typed, and not of the one that is answered", () =>
  stage({}, async (here) => {
    write(here, "Mine?")
    here.find("button.go").click()
    await until(() => here.answers.length === 1)
    begin(here.answers[0]!)
    here.answers[0]!.write(line({ pane: "A", at: 0, kind: "text", text: "Long " }))
    await until(() => !!here.find("[data-pane=A] .answer"))
    assert.match(here.find(".line").textContent, /Stop keeps/)
    write(here, "Another?")
    assert.match(here.find(".line").textContent, /Press Enter when this answer is complete to ask your question/)
    here.answers[0]!.end(["A", "B"].map((pane) => line({ pane, at: 1, kind: "end" })).join(""))
    await until(() => here.find("button.go").textContent !== "Stop")
    assert.match(here.find(".line").textContent, /Enter asks m/)
  }))
