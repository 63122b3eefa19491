/** Room view: how phones come in: a QR code, a short address and five letters; and the Wi-Fi, where it was typed. */
import { freshId, h } from "../player/dom"
import type { RoomEntry, StageApi } from "./api"
import { qrPicture } from "./qr"

const LOCAL_WORDS =
  "Phones cannot reach this address: Parallax listens on this computer alone. Start it with make run SHARE=1."

/** What lets phones in, drawn large. */
export function joinCard({ qr, code, address, reached }: RoomEntry, joined: number): HTMLElement {
  const count = h("p", { class: "joined", role: "status" }, joinedWords(joined))
  return h(
    "section",
    { class: "join" },
    qrPicture(qr, `QR code of ${address}`),
    h(
      "div",
      { class: "way" },
      h("p", { class: "lead" }, "Point your phone's camera here, or open"),
      h("p", { class: "address" }, address),
      h("p", { class: "lead" }, "and type"),
      h("p", { class: "room-code", "aria-label": [...code].join(" ") }, code),
      count,
      !reached && h("p", { class: "remark" }, LOCAL_WORDS),
    ),
  )
}

export const joinedWords = (joined: number): string =>
  joined === 0 ? "Nobody is in yet" : joined === 1 ? "1 person is in" : `${joined} people are in`

/** The network that was typed on this page, which forgets it when it is closed. */
export interface Wifi {
  name: string
  password: string
}

/** The fields of the Wi-Fi and its QR code. The page alone remembers both; the server draws the code and forgets it. */
export function wifiCard(api: Pick<StageApi, "wifi">, known: Wifi): HTMLElement {
  const { form, typed } = wifiForm(known)
  const picture = h("div", { class: "wifi-picture" })
  const says = h("div", { role: "status" })
  const change = h("button", { type: "button", class: "change", hidden: true }, "Change")
  const show = (drawn: boolean, ...words: readonly HTMLElement[]): void => {
    says.replaceChildren(...words)
    form.hidden = drawn
    change.hidden = !drawn
    if (!drawn) picture.replaceChildren()
  }
  const draw = async (): Promise<void> => {
    Object.assign(known, typed())
    if (!known.name) return
    try {
      const rows = await api.wifi(known.name, known.password)
      picture.replaceChildren(qrPicture(rows, `QR code of the Wi-Fi ${known.name}`))
      show(true, ...wifiLines(known))
    } catch {
      show(false, h("p", { class: "lead" }, "The code could not be drawn. Is the server there?"))
    }
  }
  change.addEventListener("click", () => {
    show(false)
    form.querySelector("input")!.focus()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    void draw()
  })
  if (known.name) void draw()
  return h("section", { class: "join wifi" }, picture, h("div", { class: "way" }, says, change, form))
}

/** The fields, and what stands in them. */
function wifiForm(known: Wifi): { readonly form: HTMLElement; readonly typed: () => Wifi } {
  const [nameId, passwordId] = [freshId("wifi"), freshId("wifi")]
  const name = h("input", { id: nameId, type: "text", autocomplete: "off", maxlength: 128 })
  const password = h("input", { id: passwordId, type: "text", autocomplete: "off", maxlength: 128 })
  name.value = known.name
  password.value = known.password
  const form = h(
    "form",
    { class: "wifi-form" },
    h("label", { for: nameId }, "Name of the Wi-Fi"),
    name,
    h("label", { for: passwordId }, "Password"),
    password,
    h("button", { type: "submit" }, "Show its QR code"),
    h("p", { class: "small" }, wifiWords()),
  )
  return { form, typed: () => ({ name: name.value.trim(), password: password.value }) }
}

/** The network in large letters, for whoever has no camera. */
function wifiLines({ name, password }: Wifi): HTMLElement[] {
  const line = (label: string, value: string): HTMLElement[] =>
    value ? [h("p", { class: "lead" }, label), h("p", { class: "address" }, h("bdi", {}, value))] : []
  return [...line("Wi-Fi", name), ...line("Password", password)]
}

/** Where the name and the password go. */
function wifiWords(): string {
  const own = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)
  const open = location.protocol === "http:" && !own ? " On the way there it is not encrypted." : ""
  const goes = `Both go once to the Parallax server at ${location.host}, which draws the code and keeps neither.`
  return `${goes}${open} This page forgets them when it is closed.`
}
