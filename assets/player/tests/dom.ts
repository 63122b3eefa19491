/** A small browser for tests; imported first, so that everything after it finds a document. */
import { JSDOM } from "jsdom"

export const dom = new JSDOM("<!doctype html><body></body>", { url: "http://localhost/", pretendToBeVisual: true })
const { window } = dom
const { AbortController, fetch } = globalThis

/** Node's fetch, which wants an AbortSignal of its own kind beside a document that wants one of its own. */
function fetched(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const ends = new AbortController()
  init.signal?.addEventListener("abort", () => ends.abort())
  return fetch(input, { ...init, signal: ends.signal })
}

Object.assign(globalThis, {
  window,
  document: window.document,
  Node: window.Node,
  Element: window.Element,
  HTMLElement: window.HTMLElement,
  DOMParser: window.DOMParser,
  AbortController: window.AbortController,
  CustomEvent: window.CustomEvent,
  MutationObserver: window.MutationObserver,
  getComputedStyle: window.getComputedStyle.bind(window),
  sessionStorage: window.sessionStorage,
  CSS: { supports: () => true, escape: (text: string) => text.replace(/["\\]/g, "\\$&") },
  requestAnimationFrame: window.requestAnimationFrame.bind(window),
  fetch: fetched,
  cancelAnimationFrame: window.cancelAnimationFrame.bind(window),
})
