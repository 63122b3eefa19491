/** Answers: says which answers on the page the server has not confirmed, and sends them again until it has. */
import { h, setText } from "../dom"
import own from "./answers.css"

type Value = string | number | null

export interface AnswersData {
  readonly key?: string
  readonly saved: Readonly<Record<string, Value>> // what is on disk, by the name of the question
  readonly blind: boolean
}

export interface AnswersCalls {
  unsaved?(report: { answers: Record<string, { value: string; blind: boolean }>; nth: number }): void
}

interface Pending {
  readonly value: string
  readonly blind: boolean
  readonly at: number
}

const CHECK_MS = 300
const CONFIRM_MS = 2000 // milliseconds in which an answer is usually confirmed
const MAX_WAIT_MS = 20_000 // milliseconds between two times that it is sent again
const ACTS = ["pointerdown", "keydown", "input"] as const

export class Answers {
  readonly host = h("div", {})
  private readonly line = h("p", { role: "status" })
  private readonly pending = new Map<string, Pending>()
  private readonly shown = new Map<string, string>()
  private readonly touched = new Set<string>()
  private readonly timer: ReturnType<typeof setInterval>
  private readonly touch = (event: Event): void => {
    for (const name of Object.keys(this.data.saved))
      if (event.target instanceof Element && event.target.closest(`.st-key-${name}`)) this.touched.add(name)
  }
  private nextSend = 0
  private wait = CONFIRM_MS
  private nth = 0

  constructor(
    root: ParentNode & Node,
    private data: AnswersData,
    private calls: AnswersCalls,
  ) {
    root.append(this.host)
    this.host.attachShadow({ mode: "open" }).append(h("style", {}, own), this.line)
    for (const act of ACTS) document.addEventListener(act, this.touch, true)
    this.timer = setInterval(() => this.check(), CHECK_MS)
    this.check()
  }

  update(data: AnswersData, calls: AnswersCalls = this.calls): void {
    this.check() // what was changed before this arrived was changed on the page as it was
    this.data = data
    this.calls = calls
    this.check()
  }

  moveTo(root: ParentNode & Node): void {
    if (this.host.parentNode !== root) root.append(this.host)
  }

  destroy(): void {
    clearInterval(this.timer)
    for (const act of ACTS) document.removeEventListener(act, this.touch, true)
    this.host.remove()
  }

  /** Look at every question, mark those whose answer is not confirmed, and send these again when it is time. */
  check(now = performance.now()): void {
    const late: Record<string, { value: string; blind: boolean }> = {}
    let typing = false
    const away = !isConnected()
    for (const [name, saved] of Object.entries(this.data.saved)) {
      const box = document.querySelector(`.st-key-${name}`)
      if (!box) continue
      this.look(name, box, saved, now)
      const found = this.pending.get(name)
      const isLate = !!found && (away || now - found.at > CONFIRM_MS)
      box.toggleAttribute("data-unsaved", isLate)
      if (isLate) late[name] = { value: found.value, blind: found.blind }
      typing ||= isLate && !!box.querySelector("input[type=number]:focus")
    }
    const count = Object.keys(late).length
    setText(this.line, count ? unsavedWords(count, away) : "")
    if (!count) this.wait = CONFIRM_MS
    else if (!away && !typing && now >= this.nextSend) {
      this.nextSend = now + this.wait
      this.wait = Math.min(2 * this.wait, MAX_WAIT_MS)
      this.calls.unsaved?.({ answers: late, nth: ++this.nth })
    }
  }

  /** Remember an answer that a person changed, until it is confirmed or taken back. */
  private look(name: string, box: Element, saved: Value, now: number): void {
    const value = shownValue(box)
    const before = this.shown.get(name)
    this.shown.set(name, value)
    if (value === "" || isSame(value, saved)) this.pending.delete(name)
    else if (before !== undefined && value !== before && this.touched.has(name))
      this.pending.set(name, { value, blind: this.data.blind, at: now })
  }
}

const unsavedWords = (count: number, away: boolean): string =>
  `${count === 1 ? "One answer is" : `${count} answers are`} not saved yet${away ? ": there is no connection" : ""}. ` +
  "Leave this page open until no answer is marked."

/** Whether the page says that it reaches its server; it notices a lost line late. */
const isConnected = (): boolean => {
  const state = document.querySelector("[data-test-connection-state]")?.getAttribute("data-test-connection-state")
  return state === undefined || state === null || state === "CONNECTED"
}

/** What stands in a question's field as a text, "" where nothing does or what does cannot be an answer. */
function shownValue(box: Element): string {
  const typed = box.querySelector<HTMLInputElement>("input[type=number]")
  if (typed) {
    const { rangeOverflow, rangeUnderflow, badInput } = typed.validity
    return rangeOverflow || rangeUnderflow || badInput ? "" : typed.value
  }
  const slider = box.querySelector("[role=slider], input[type=range]")
  if (slider) return slider.getAttribute("aria-valuenow") ?? (slider as HTMLInputElement).value
  return box.querySelector("[role=radio][aria-checked=true]")?.textContent?.trim() ?? ""
}

/** Whether a field shows what is on disk, with the six digits that it shows. */
function isSame(shown: string, saved: Value): boolean {
  if (typeof saved !== "number") return shown === saved
  return Number(shown).toPrecision(6) === saved.toPrecision(6)
}
