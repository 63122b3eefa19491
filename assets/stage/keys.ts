/** Keys: what a presenter's keyboard or clicker says. */
import type { StageKey } from "./stagewords"

export type Command =
  "next" | "back" | "below" | "above" | "black" | "leave" | "room" | "wifi" | "full" | "help" | "first" | "last"

const KEYS: Readonly<Record<string, Command>> = {
  ArrowRight: "next",
  ArrowDown: "below",
  PageDown: "next",
  " ": "next",
  Enter: "next",
  n: "next",
  ArrowLeft: "back",
  ArrowUp: "above",
  PageUp: "back",
  Backspace: "back",
  p: "back",
  b: "black",
  ".": "black",
  Escape: "leave",
  r: "room",
  w: "wifi",
  f: "full",
  "?": "help",
  h: "help",
  Home: "first",
  End: "last",
}

/** The command of a key; null for one that says nothing here, or is meant for the browser or a field. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null
  const target = event.target as Element | null
  if (target?.matches?.("input, textarea, select")) return event.key === "Escape" ? "leave" : null
  const pressed = target?.matches?.("button, a, summary") && (event.key === " " || event.key === "Enter")
  if (pressed) return null
  return KEYS[event.key] ?? KEYS[event.key.toLowerCase()] ?? null
}

/** What the keys do, each with the name of the text that says it. */
export const KEY_LINES: readonly (readonly [string, StageKey])[] = [
  ["→  space  Page Down", "key_next"],
  ["←  Page Up", "key_back"],
  ["↓  ↑", "key_below"],
  ["Home  End", "key_ends"],
  ["B", "key_black"],
  ["R", "key_room"],
  ["W", "key_wifi"],
  ["F", "key_full"],
  ["Esc", "key_leave"],
  ["?  H", "key_help"],
]
