/** Tabs: one participation is open in one tab at a time; the others say so. */
import { localStorageIfAny } from "./outbox/shelf"

const ANSWER_WAIT_MS = 300 // milliseconds in which another tab says that it is there
const BEAT_MS = 2000 // milliseconds between two signs of life, where tabs cannot talk
const SILENT_MS = 5000 // milliseconds without one after which a tab is taken for closed

interface Word {
  readonly tab: string
  readonly says: "anybody" | "here" | "mine"
}

/** How tabs hear of each other. */
export interface TabLine {
  say(word: Word): void
  hear(heard: (word: Word) => void): void
  /** Whether another tab gave a sign of life lately, where that can be known without talking. */
  lately(tab: string): boolean
  close(): void
}

export class Tabs {
  private holds = false
  private answered = false

  /** `lost` is called when another tab takes over. */
  constructor(
    private readonly tab: string,
    private readonly line: TabLine,
    private readonly lost: () => void,
  ) {
    line.hear((word) => this.heard(word))
  }

  /** Whether another tab is there, which has the participation. */
  async taken(): Promise<boolean> {
    this.answered = this.line.lately(this.tab)
    this.line.say({ tab: this.tab, says: "anybody" })
    await new Promise((done) => setTimeout(done, ANSWER_WAIT_MS))
    return this.answered
  }

  /** This tab has it from now on. */
  take(): void {
    this.holds = true
    this.line.say({ tab: this.tab, says: "mine" })
  }

  close(): void {
    this.holds = false
    this.line.close()
  }

  private heard({ tab, says }: Word): void {
    if (tab === this.tab) return
    if (says === "here") this.answered = true
    if (says === "anybody" && this.holds) this.line.say({ tab: this.tab, says: "here" })
    if (says !== "mine" || !this.holds) return
    this.holds = false
    this.lost()
  }
}

/** The line of this browser: a channel where there is one, else signs of life in the local storage. */
export const browserLine = (name: string): TabLine =>
  typeof BroadcastChannel === "function" ? channelLine(name) : storageLine(name, localStorageIfAny())

function channelLine(name: string): TabLine {
  const channel = new BroadcastChannel(name)
  return {
    say: (word) => channel.postMessage(word),
    hear: (heard) => channel.addEventListener("message", ({ data }: MessageEvent<Word>) => heard(data)),
    lately: () => false,
    close: () => channel.close(),
  }
}

/** A line over a storage that tells other tabs of its changes. */
export function storageLine(name: string, storage: Storage | null): TabLine {
  let beat: ReturnType<typeof setInterval> | undefined
  const write = (key: string, value: object): void => {
    try {
      storage?.setItem(key, JSON.stringify(value))
    } catch {
      // Refused: tabs do not hear of each other, and the server still takes each step once.
    }
  }
  const read = (text: string | null): (Word & { readonly at: number }) | null =>
    text ? (JSON.parse(text) as Word & { at: number }) : null
  return {
    say(word) {
      write(`${name}:word`, { ...word, at: Date.now() })
      if (word.says !== "mine") return
      const sign = (): void => write(`${name}:alive`, { ...word, at: Date.now() })
      clearInterval(beat)
      sign()
      beat = setInterval(sign, BEAT_MS)
    },
    hear(heard) {
      window.addEventListener("storage", ({ key, newValue }) => {
        const word = key === `${name}:word` ? read(newValue) : null
        if (word) heard(word)
      })
    },
    lately(tab) {
      const last = read(storage?.getItem(`${name}:alive`) ?? null)
      return !!last && last.tab !== tab && Date.now() - last.at < SILENT_MS
    },
    close() {
      clearInterval(beat)
      storage?.removeItem(`${name}:alive`)
    },
  }
}
