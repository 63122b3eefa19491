/** Ending: how a participation ended, the code, and the way back; or why this page goes no further. */
import { h, setText } from "../../player/dom"
import { speakFrom } from "../../player/spoken"
import type { End } from "../protocol"
import type { Session } from "../session"
import type { Words } from "../words"
import { isEmbedded } from "../embedded"
import type { Frame } from "./frame"
import { reloadButton } from "./frame"
import { showNotice } from "./notice"

/** Shows why the page rests. */
export function showEnding(place: HTMLElement, session: Session, frame: Frame, words: Words): void {
  frame.rest()
  if (session.end) return showEnd(place, session.end, words)
  if (session.stopped === "taken")
    return showNotice(place, words.say("taken_title"), words.say("taken_text"), takeBack(words))
  showNotice(place, words.say("closed_title"), words.say("closed_text"))
}

const takeBack = (words: Words): HTMLElement => {
  const button = reloadButton(words)
  setText(button, words.say("tab_take"))
  return button
}

function showEnd(place: HTMLElement, end: End, words: Words): void {
  const title = end.title || words.say(`end_${end.kind}`)
  const away = safeAddress(end.url)
  const parts = [end.text, end.code && codeView(end.code, words), away && wayBack(away, words)]
  const own = !!end.person && h("p", { class: "help own" }, words.say("end_person", { code: end.person }))
  showNotice(place, title, ...parts, !away && words.say("end_close"), own)
}

/** The address, where it is one of the web; "" for any other. */
export function safeAddress(address: string): string {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol) ? address : ""
  } catch {
    return ""
  }
}

const wayBack = (address: string, words: Words): HTMLElement =>
  h("a", { class: "next", href: address, rel: "noreferrer", target: isEmbedded() ? "_top" : null }, words.say("end_go"))

function codeView(code: string, words: Words): HTMLElement {
  const says = h("span", { class: "help" })
  const copy = h("button", { type: "button", class: "small" }, words.say("end_copy"))
  copy.addEventListener("click", () => {
    void copied(code).then((done) => {
      setText(says, done ? words.say("end_copied") : "")
      if (done) speakFrom(says, words.say("end_copied"))
    })
  })
  return h(
    "div",
    { class: "code" },
    h("p", { class: "help" }, words.say("end_code")),
    h("p", { class: "num", translate: "no" }, h("strong", {}, code)),
    copy,
    says,
  )
}

/** Puts words on the clipboard; false where the browser refuses. The code can then be marked by hand. */
async function copied(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words)
    return true
  } catch {
    return false
  }
}
