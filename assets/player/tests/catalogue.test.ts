/** Facts about the cards that play. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { Catalogue } from "../page/catalogue"
import { Home, type HomeData } from "../page/home"
import type { Card } from "../page/playcard"

const card = (name: string, family: string, action = "Try it in a pane"): Card => ({
  name,
  title: name,
  family,
  about: `What ${name} does.`,
  action,
  note: "Not in a pane.",
  prompt: "<b>Why?</b>",
  timeline: {
    events: [
      { at: 0, kind: "status", text: "", data: { shape: "spinner" } },
      { at: 30, kind: "text", text: "Because **so**." },
      { at: 31, kind: "end", text: "" },
    ],
    branches: {},
  },
})

function opened(cards: Card[], small = false): { page: ShadowRoot; tried: string[] } {
  const tried: string[] = []
  const catalogue = new Catalogue(dom.window.document.body, { cards, small }, { try: (name) => tried.push(name) })
  return { page: catalogue.host.shadowRoot!, tried }
}

test("a card rests on the end of its answer until it is played", () => {
  const { page } = opened([card("One", "Delivery")])
  assert.equal(page.querySelector(".flow strong")!.textContent, "so")
  assert.equal(page.querySelector("header .again")!.getAttribute("aria-label"), "Play One") // not over what plays
})

test("a card that plays can be paused where it is, and pausing all brings its end back", () => {
  const { page } = opened([card("One", "Delivery")])
  const again = page.querySelector<HTMLElement>(".again")!
  again.click()
  assert.equal(page.querySelector(".flow strong"), null)
  assert.equal(again.getAttribute("aria-label"), "Pause One")
  again.click()
  assert.equal(again.getAttribute("aria-label"), "Play One")
  assert.equal(page.querySelector(".flow strong"), null)
  const still = page.querySelector<HTMLElement>(".still")!
  still.click()
  assert.equal(still.getAttribute("aria-pressed"), "true")
  assert.equal(page.querySelector(".flow strong")!.textContent, "so")
})

test("what cannot stand in a pane has a note in the place of its button", () => {
  const { page, tried } = opened([card("One", "Delivery"), card("Two", "Weather", "")])
  const buttons = page.querySelectorAll<HTMLElement>(".pick")
  assert.equal(buttons.length, 1)
  buttons[0]!.click()
  assert.deepEqual(tried, ["One"])
  assert.match(page.querySelectorAll(".card")[1]!.textContent, /Not in a pane/)
})

test("one family needs no choice of families", () => {
  assert.ok(opened([card("One", ""), card("Two", "")], true).page.querySelector<HTMLElement>("[role=group]")!.hidden)
})

test("on Home, templates come as cards once what can be begun is opened, and a press begins one", () => {
  const told: unknown[] = []
  const starts = [
    { name: "comparison", label: "Blank comparison", about: "Two panes." },
    { name: "template:0", label: "Template: Careful", about: "With a badge." },
  ]
  const filters = { words: "", kind: "", project: "", mine: false, shelf: "current", limit: 60 }
  const rest = { total: 0, filters, kinds: [], projects: [], undo: null, newcomer: false }
  const data: HomeData = { works: [], begin: starts, cards: [], ...rest }
  const tell = (word: unknown): void => void told.push(word)
  const home = new Home(dom.window.document.body, data, {
    open: tell,
    find: tell,
    act: tell,
    begin: tell,
    unfold: tell,
    compare: tell,
  })
  const page = home.host.shadowRoot!
  page.querySelector<HTMLElement>(".new")!.click()
  assert.deepEqual(told, [true])
  assert.equal(page.querySelectorAll(".start").length, 2)
  home.update({ ...data, cards: [card("template:0", "", "Begin")] })
  assert.equal(page.querySelectorAll(".start").length, 1)
  page.querySelector<HTMLElement>(".pick")!.click()
  assert.deepEqual(told, [true, "template:0"])
  const first = page.querySelector(".card")
  home.update({ ...data, cards: [card("template:0", "", "Begin")], total: 3 })
  assert.equal(page.querySelector(".card"), first)
})
