/** A small browser for tests of the participant's page; imported first. */
import "fake-indexeddb/auto"
import { dom } from "../../player/tests/dom"

const { window } = dom
Object.assign(globalThis, {
  location: window.location,
  history: window.history,
  localStorage: window.localStorage,
  Event: window.Event,
  scrollTo: () => {},
  innerWidth: 390,
  innerHeight: 844,
})
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true }) // newer Nodes have one
window.HTMLElement.prototype.scrollIntoView = () => {}

export { dom }
