/** Line: by which a stage and its notes stay in step, within one browser and without a server. */
import type { Place } from "./deck"
import type { Command } from "./keys"

/** What lies over a scene: nothing, black, or one of the cards. */
export type Cover = "" | "black" | "room" | "wifi" | "help"

/** Where the stage is, what lies over its scene, and a line about its room. */
export interface StageNews {
  readonly kind: "at"
  readonly place: Place
  readonly cover: Cover
  readonly room: string
}

export type StageWord = StageNews | { readonly kind: "hello" } | { readonly kind: "do"; readonly command: Command }

export interface StageLine {
  send(word: StageWord): void
}

/** The line of the stage with this token. */
export function stageLine(token: string, heard: (word: StageWord) => void): StageLine {
  if (typeof BroadcastChannel !== "function") return { send: () => {} }
  const channel = new BroadcastChannel(`parallax-stage:${token}`)
  channel.addEventListener("message", ({ data }) => heard(data as StageWord))
  return { send: (word) => channel.postMessage(word) }
}
