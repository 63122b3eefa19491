/** Facts about numbers, scores and words. */

import assert from "node:assert/strict"
import { test } from "node:test"
import { agreement, fillIn, firstSentence, shorten } from "../parallax_samples.ts"
import { round, scoreTokens } from "../parallax_scores.ts"

test("a half is rounded to the even side, and only a true half", () => {
  const rounded = [0.5, 1.5, 2.5, 12.5, 49.999].map((number) => round(number, 0))
  assert.deepEqual(rounded, [0, 2, 2, 12, 50])
  assert.deepEqual([round(0.25, 1), round(0.75, 1), round(0.35, 1), round(0.125, 2)], [0.2, 0.8, 0.3, 0.12])
  assert.deepEqual([round(25, -1), round(35, -1), round(36, -1)], [20, 40, 40])
})

test("a score is the geometric mean, the lowest of five in a row, or the product", () => {
  const tokens = [-0.1, -0.1, -0.1, -0.1, -0.1, -1.1].map((logprob) => ({ text: "x", logprob }))
  const near = (found: number | null, expected: number) => assert.ok(Math.abs((found ?? 0) - expected) < 1e-12)
  near(scoreTokens("mean", tokens), Math.exp(-1.6 / 6))
  near(scoreTokens("lowest", tokens), Math.exp(-1.5 / 5))
  near(scoreTokens("product", tokens), Math.exp(-1.6))
  assert.equal(scoreTokens("mean", [{ text: "x" }, { text: "y", logprob: null }]), null)
})

test("a text is cut between words, or at a hyphen, and as long as characters, not code units", () => {
  assert.equal(shorten("  It is\n so. ", 20, "…"), "It is so.")
  assert.equal(shorten("It is so. Or not.", 10, "…"), "It is so.…")
  assert.equal(shorten("It is well-known to all", 12, "…"), "It is well-…")
  assert.equal(shorten("Unbelievable", 5, "…"), "…")
  assert.equal(shorten("🙂🙂🙂🙂🙂 🙂", 7, "…"), "🙂🙂🙂🙂🙂 🙂")
})

test("two answers agree by the telling words of their first sentences", () => {
  assert.equal(agreement("It was Zoë.", ["Zoe, of course. Or Ann.", "Ann."], "Who was it?"), 2 / 4)
  assert.equal(agreement("1,500 people", ["1500 people"]), 2 / 3)
  assert.equal(agreement("यह हिन्दी है", ["वह हिंदी था"]), agreement("वह हिंदी था", ["यह हिन्दी है"]))
  assert.equal(firstSentence(" So. Or 3.5?\nNo"), "So.")
})

test("only names of values are filled in", () => {
  assert.equal(fillIn("{n} of {all} {constructor}", { n: "$&", all: "{n}" }), "$& of {n} {constructor}")
})
