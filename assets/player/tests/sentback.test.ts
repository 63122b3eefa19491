/** Facts about live answers that the page sends back as recordings: the panes keep what was seen. */
import { begin, line, QUESTION, stage, until, write } from "./asking"
import assert from "node:assert/strict"
import { test } from "node:test"

test("our own answer stays when the page sends it back, unless the dials were turned meanwhile", async () => {
  for (const turned of [false, true]) {
    const kept: string[] = []
    await stage({ kept: ({ recording, instead }) => kept.push(recording, ...instead) }, async (here) => {
      write(here, "Mine?")
      here.find("button.go").click()
      await until(() => here.answers.length === 1)
      begin(here.answers[0]!)
      const both = ["A", "B"].map(
        (pane) => line({ pane, at: 0, kind: "text", text: "Live." }) + line({ pane, at: 1, kind: "end" }),
      )
      here.answers[0]!.end(both.join("") + line({ kind: "kept", recording: "k" }))
      await until(() => kept.length > 0)
      assert.deepEqual(kept, ["k", "r".repeat(64)])
      here.player.update({
        ...here.data,
        play_set: "two",
        comparison: turned ? "other" : "c",
        prompt: "Mine?",
        recording: { ...here.data.recording, id: "k" },
      })
      assert.equal(!!here.find(".answer"), !turned)
    })
  }
})

test("what the page sends back while a choice is being answered is taken when that is done", async () => {
  const kept: string[] = []
  await stage(
    {
      kept: ({ recording, instead }) => kept.push(`${recording} instead of ${instead.map(([first]) => first).join()}`),
    },
    async (here) => {
      write(here, "Mine?")
      here.find("button.go").click()
      await until(() => here.answers.length === 1)
      begin(here.answers[0]!)
      here.answers[0]!.write(line({ pane: "A", ...QUESTION }))
      await until(() => !!here.find("[data-pane=A] .chip"))
      here.find("[data-pane=A] .chip").click()
      here.answers[0]!.end(
        line({ pane: "B", at: 0, kind: "text", text: "Live." }) +
          line({ pane: "B", at: 1, kind: "end" }) +
          line({ kind: "kept", recording: "k" }),
      )
      await until(() => here.answers.length === 2 && kept.length === 1)
      here.player.update({
        ...here.data,
        play_set: "two",
        prompt: "Mine?",
        recording: { ...here.data.recording, id: "k" },
      })
      begin(here.answers[1]!)
      here.answers[1]!.end(
        line({ pane: "A", at: 0, kind: "text", text: "This." }) +
          line({ pane: "A", at: 1, kind: "end" }) +
          line({ kind: "kept", recording: "l" }),
      )
      await until(() => kept.length === 2)
      assert.deepEqual(kept, ["k instead of r", "l instead of k"])
      assert.equal(here.find("button.go").textContent, "Play again")
      assert.equal(here.find("[data-pane=B] .answer").textContent, "Live.")
    },
  )
})

test("a second question keeps its own answer, whenever the first one comes back", async () => {
  for (const late of [false, true]) {
    const kept: string[] = []
    const keep = ({ recording, instead }: { recording: string; instead: string[] }) =>
      kept.push(`${recording} instead of ${instead.map(([first]) => first).join()}`)
    await stage({ kept: keep }, async (here) => {
      const back = (id: string, prompt: string) => {
        const recording = { ...here.data.recording, id }
        here.player.update({ ...here.data, play_set: id, prompt, recording, autoplay: true })
      }
      const answer = (number: number, id: string) => {
        begin(here.answers[number]!)
        const words = ["A", "B"].map(
          (pane) => line({ pane, at: 0, kind: "text", text: `To ${id}.` }) + line({ pane, at: 0, kind: "end" }),
        )
        here.answers[number]!.end(words.join("") + line({ kind: "kept", recording: id }))
      }
      write(here, "First?")
      here.find("button.go").click()
      await until(() => here.answers.length === 1)
      answer(0, "k")
      await until(() => kept.length === 1)
      write(here, "Second?")
      here.find("button.go").click()
      await until(() => here.answers.length === 2)
      if (!late) back("k", "First?")
      answer(1, "l")
      await until(() => kept.length === 2)
      if (late) back("k", "First?")
      const stands = () => {
        assert.equal(here.find("[data-pane=A] .answer").textContent, "To l.")
        assert.match(here.find("[data-pane=A] .user").textContent, /Second/)
        assert.equal(here.find("button.go").textContent === "Stop", false)
      }
      stands()
      back("l", "Second?")
      stands()
      assert.deepEqual(kept, ["k instead of r", "l instead of r,k"])
    })
  }
})
