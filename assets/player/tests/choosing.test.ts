/** Facts about Home: prototypes are chosen there, and put beside each other in a new comparison. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { Home, type HomeCalls, type HomeData } from "../page/home"
import type { WorkData } from "../page/workcard"

const work = (id: string, panes: boolean): WorkData => ({
  id,
  kind: panes ? "Prototype" : "Deck",
  name: `Bot ${id}`,
  owner: "you",
  project: "",
  changed: "2026-11-01T10:00:00Z",
  address: `design?work=${id}`,
  parts: [],
  panes,
})
const DATA: HomeData = {
  works: [...["1", "2", "3", "4", "5"].map((id) => work(id, true)), work("d", false)],
  total: 6,
  filters: { words: "", kind: "", project: "", mine: false, shelf: "current", limit: 60 },
  kinds: [],
  projects: [],
  begin: [],
  cards: [],
  undo: null,
  newcomer: false,
}

test("two prototypes, up to four, are chosen on Home and compared; nothing else can be", () => {
  const compared: (readonly string[])[] = []
  const none = (): void => {}
  const calls: HomeCalls = {
    open: none,
    find: none,
    act: none,
    begin: none,
    unfold: none,
    compare: (ids) => compared.push(ids),
  }
  const home = new Home(dom.window.document.body, DATA, calls)
  const page = home.host.shadowRoot!
  const find = (css: string): HTMLButtonElement => page.querySelector<HTMLButtonElement>(css)!
  const choose = (id: string): void => find(`[data-choose="${id}"]`).click()
  try {
    assert.equal(find('[data-choose="d"]'), null)
    assert.ok(find(".tray").hidden)
    choose("1")
    assert.equal(find('[data-choose="1"]').getAttribute("aria-pressed"), "true")
    assert.ok(find(".tray .go").disabled)
    assert.match(find(".tray").textContent, /Bot 1: choose another one/)
    for (const id of ["2", "3", "3", "3", "4", "5"]) choose(id)
    assert.equal(find(".tray p").textContent, "Bot 2 · Bot 3 · Bot 4 · Bot 5")
    find(".tray .go").click()
    assert.deepEqual(compared, [["2", "3", "4", "5"]])
    assert.ok(find(".tray").hidden)
  } finally {
    home.destroy()
  }
})
