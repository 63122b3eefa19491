/** Facts about the words of the page: every language has all of them, and each has its places. */
import "./dom"
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { preferredLanguage, TEXTS, Words } from "../words"

const PLURALS = ["zero", "one", "two", "few", "many", "other"]
const COUNTED = ["missing", "unsent", "problem_saved"]
const stem = (key: string): string => {
  const name = COUNTED.find((counted) => PLURALS.some((form) => key === `${counted}_${form}`))
  return name ?? key
}
const PHRASE = /\bsay\(\s*"([^"]+)"/g
const NOTED = "Thank you. In this prototype it stays on your screen."
const INDIRECT = [NOTED, "Good", "Not good", "Try again", "Go on from here"]
const places = (text: unknown): string[] => (String(text).match(/{\w+}/g) ?? []).sort()
const [english, others] = [TEXTS["en"]!, Object.entries(TEXTS).filter(([name]) => name !== "en")]

test("all languages have the same texts, none of them empty", () => {
  const names = new Set(Object.keys(english).map(stem))
  for (const [language, texts] of others) {
    assert.deepEqual([...new Set(Object.keys(texts).map(stem))].sort(), [...names].sort(), language)
    for (const [key, text] of Object.entries(texts)) assert.ok(text !== "", `${language} ${key}`)
  }
})

test("a text has the same places to fill in every language", () => {
  for (const [language, texts] of others)
    for (const key of Object.keys(english))
      if (stem(key) === key) assert.deepEqual(places(texts[key]), places(english[key]), `${language} ${key}`)
})

test("every language has a form for each of its kinds of numbers", () => {
  for (const [language, texts] of Object.entries(TEXTS)) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    assert.deepEqual([...(texts["plurals"] as string[])].sort(), [...forms].sort())
    for (const counted of COUNTED)
      for (const form of forms) assert.ok(texts[`${counted}_${form}`], `${counted}_${form}`)
  }
})

test("every text is said somewhere", () => {
  const folder = join(process.cwd(), "participate")
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith("tests"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n")
  const made = ["end_complete", "end_screened", "end_failed", "end_withdrew", "rtl", "plurals", "player"]
  for (const key of new Set(Object.keys(english).map(stem)))
    assert.ok(made.includes(key) || sources.includes(`"${key}"`), `${key} is never said`)
})

test("every phrase of the player is there in every other language, and no other", () => {
  const folder = join(process.cwd(), "player")
  const said = new Set(INDIRECT)
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".ts") && !name.startsWith("tests"))
      for (const [, phrase] of readFileSync(join(folder, name), "utf8").matchAll(PHRASE)) said.add(phrase!)
  assert.ok(said.size > 30)
  for (const [language, texts] of others)
    assert.deepEqual(Object.keys(texts["player"] as object).sort(), [...said].sort(), language)
})

test("places are filled, numbers choose their form, and a study's own text goes first", () => {
  assert.equal(
    new Words("en").count("unsent", 1),
    "One answer is not sent yet. It is kept on this device and goes out by itself.",
  )
  assert.match(new Words("en").count("unsent", 3), /^3 answers/)
  assert.match(new Words("ar").count("unsent", 2), /^إجابتان/)
  assert.equal(new Words("de").say("trial_of", { number: 2, of: 9 }), "Frage 2 von 9")
  assert.equal(new Words("de", undefined, { next: "Los" }).say("next"), "Los")
  assert.equal(new Words("en").say("contact", { contact: "{next}" }), "Questions about this study: {next}")
})

test("an unknown language speaks English and can still be read from the right", () => {
  const words = new Words("he-IL", true)
  assert.deepEqual([words.say("next"), words.rtl], ["Next", true])
  assert.equal(new Words("no such language").count("missing", 2, { names: "x" }), "2 questions are still open: x")
  assert.deepEqual([new Words("ar").rtl, new Words("de-AT").rtl], [true, false])
})

test("before the study is known, the browser's language is spoken where there is one", () => {
  assert.equal(preferredLanguage(["fr-FR", "de-CH", "en"]), "de")
  assert.equal(preferredLanguage(["fr"]), "en")
})
