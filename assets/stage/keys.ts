/** Keys: what a presenter's keyboard or clicker says. */

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

export const KEY_LINES: readonly (readonly [string, string])[] = [
  ["→  space  Page Down", "next"],
  ["←  Page Up", "back"],
  ["↓  ↑", "the rest of a long answer; where there is none, next and back"],
  ["Home  End", "the cover, the last scene"],
  ["B", "black, and back again"],
  ["R", "the room: how phones come in, and away again"],
  ["W", "a QR code of the Wi-Fi"],
  ["F", "fill the screen"],
  ["Esc", "close what lies over the scene"],
  ["?  H", "these keys"],
]
