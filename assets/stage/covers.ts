/** Covers: what stands before the first scene, and the words of what may lie over one. */
import { h } from "../player/dom"
import type { Deck, KeptRoom } from "./deck"
import { KEY_LINES } from "./keys"
import { tell, tellCount } from "./stagewords"

/** The deck's name, the way into its room where one is open, and the first keys: with a server or as a file. */
export function coverView(deck: Deck, join: HTMLElement | null, state: "alone" | "room" | "file"): HTMLElement {
  const lines = [tell(`first_${state}`), tell("safe"), ...(deck.said ? [keptWords(deck.said)] : [])]
  const hints = lines.map((words) => h("p", { class: "hints" }, words))
  return h("div", { class: "cover" }, h("h1", { dir: "auto" }, deck.name), join, ...hints)
}

export const helpCard = (): HTMLElement =>
  h(
    "section",
    { class: "help-card" },
    h("dl", {}, ...KEY_LINES.flatMap(([key, does]) => [h("dt", {}, h("bdi", {}, key)), h("dd", {}, tell(does))])),
  )

const keptWords = ({ code, day, people }: KeptRoom): string => tellCount("kept", people, { code, day })
