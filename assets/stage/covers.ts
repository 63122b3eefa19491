/** Covers: what stands before the first scene, and the words of what may lie over one. */
import { h } from "../player/dom"
import type { Deck, KeptRoom } from "./deck"
import { KEY_LINES } from "./keys"

export const CARD_NAMES = { room: "How phones come in", wifi: "The Wi-Fi", help: "Keys" } as const
export const OPENING = "Opening a room …"
export const NO_ROOM = "There is no server that answers, so no room can be opened. The deck itself goes on."
export const NO_WIFI = "There is no server here that could draw the code of a Wi-Fi."
const SAFE_WORDS = "Everything that this deck shows is on this computer now."
const FIRST_KEYS = {
  alone: "→ begins  ·  R opens a room for phones  ·  F fills the screen  ·  ? tells all keys",
  room: "→ begins  ·  R shows the way into the room  ·  F fills the screen  ·  ? tells all keys",
  file: "→ begins  ·  F fills the screen  ·  ? tells all keys",
} as const

/** The deck's name, the way into its room where one is open, and the first keys: with a server or as a file. */
export function coverView(deck: Deck, join: HTMLElement | null, state: keyof typeof FIRST_KEYS): HTMLElement {
  const lines = [FIRST_KEYS[state], SAFE_WORDS, ...(deck.said ? [keptWords(deck.said)] : [])]
  const hints = lines.map((words) => h("p", { class: "hints" }, words))
  return h("div", { class: "cover" }, h("h1", { dir: "auto" }, deck.name), join, ...hints)
}

export const helpCard = (): HTMLElement =>
  h(
    "section",
    { class: "help-card" },
    h("dl", {}, ...KEY_LINES.flatMap(([key, does]) => [h("dt", {}, key), h("dd", {}, does)])),
  )

function keptWords({ code, day, people }: KeptRoom): string {
  const who = people === 1 ? "1 person" : `${people} people`
  return `With what room ${code} said on ${day}, ${who}: a demonstration, not a study.`
}
