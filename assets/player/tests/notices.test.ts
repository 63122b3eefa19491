/** Facts about what Streamlit tells a person, and the line that tells of a server that does not answer. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test, type TestContext } from "node:test"
import watch from "../page/notices.js"

const TEXTS = { away: "Away.", here: "See here.", offline: "Offline.", ended: "Ended.", back: "Back." }

/** A page with a connection, whose line is read and whose state is changed. */
function page(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const { document } = dom.window
  document.body.innerHTML = `<main data-test-connection-state="CONNECTED"></main><div id="place"></div>`
  const [app, place] = [document.querySelector("main")!, document.querySelector("#place")!]
  const begin = () => watch({ data: TEXTS, parentElement: place })
  t.after(begin())
  const turn = async (state: string) => {
    app.setAttribute("data-test-connection-state", state)
    await Promise.resolve()
  }
  const said = (ms: number) => {
    t.mock.timers.tick(ms)
    return [...place.querySelectorAll("[role=status]")].map((line) => line.textContent).join("|")
  }
  return { document, place, begin, turn, said }
}

test("an outage is told once it lasts, and its end for a while", async (t) => {
  const { turn, said } = page(t)
  await turn("PINGING_SERVER")
  assert.equal(said(1400), "")
  assert.equal(said(200), "Away. See here.")
  await turn("CONNECTING")
  assert.equal(said(0), "Away. See here.")
  await turn("CONNECTED")
  assert.equal(said(0), "Back.")
  assert.equal(said(4000), "")
})

test("a connection that is back at once is not told of", async (t) => {
  const { turn, said } = page(t)
  await turn("PINGING_SERVER")
  assert.equal(said(1000), "")
  await turn("CONNECTED")
  assert.equal(said(9000), "")
})

test("a page that no longer tries says to load it again, and a device without a net is told as that", async (t) => {
  const { turn, said } = page(t)
  await turn("DISCONNECTED_FOREVER")
  assert.equal(said(1500), "Ended.")
  const { navigator } = dom.window
  t.mock.getter(navigator, "onLine", () => false)
  await turn("PINGING_SERVER")
  assert.equal(said(0), "Offline.")
})

test("a page that is set up again keeps one line, and what it says", async (t) => {
  const { begin, turn, said, place } = page(t)
  await turn("PINGING_SERVER")
  said(1500)
  t.after(begin())
  assert.equal(said(0), "Away. See here.")
  await turn("CONNECTED")
  assert.equal(said(0), "Back.")
  assert.equal(place.querySelectorAll("p").length, 1)
})

test("Streamlit's dialog is closed while there is an outage, and none of the app's own", async (t) => {
  const { document, turn } = page(t)
  const closed: string[] = []
  const show = async (name: string, content: string) => {
    document.body.insertAdjacentHTML(
      "beforeend",
      `<div class="stDialog">${content}<button aria-label="Close" id="${name}"></button></div>`,
    )
    document.querySelector(`#${name}`)!.addEventListener("click", () => closed.push(name))
    await Promise.resolve()
  }
  await show("before", "")
  assert.deepEqual(closed, [])
  document.querySelector(".stDialog")!.remove()
  await turn("PINGING_SERVER")
  await show("own", `<div data-testid="stVerticalBlock"></div>`)
  await show("streamlit", "")
  assert.deepEqual(closed, ["streamlit"])
})

test("a toast has what it says as its name, the second one too", async (t) => {
  const { document } = page(t)
  const toast = (id: string) =>
    `<li><div data-testid="stToast" role="alertdialog" aria-labelledby="${id}">` +
    `<div data-testid="stToastText">Kept ${id}.</div></div></li>`
  document.body.insertAdjacentHTML("beforeend", `<div data-testid="stToastContainer"><ol>${toast("one")}</ol></div>`)
  await Promise.resolve()
  assert.equal(document.querySelector("#one")?.textContent, "Kept one.")
  document.querySelector("ol")!.insertAdjacentHTML("beforeend", toast("two"))
  await Promise.resolve()
  assert.equal(document.querySelector("#two")?.textContent, "Kept two.")
})
