/** Room view: how phones come in: a QR code, a short address and five letters; and the Wi-Fi, where it was typed. */
import { freshId, h } from "../player/dom"
import type { RoomEntry, StageApi } from "./api"
import { qrPicture } from "./qr"
import { tell, tellCount } from "./stagewords"

/** What lets phones in, drawn large. */
export function joinCard({ qr, code, address, reached }: RoomEntry, joined: number): HTMLElement {
  const count = h("p", { class: "joined", role: "status" }, joinedWords(joined))
  return h(
    "section",
    { class: "join" },
    qrPicture(qr, tell("qr_room", { address })),
    h(
      "div",
      { class: "way" },
      h("p", { class: "lead" }, tell("point")),
      h("p", { class: "address" }, h("bdi", {}, address)),
      h("p", { class: "lead" }, tell("and_type")),
      h("p", { class: "room-code", "aria-label": [...code].join(" ") }, h("bdi", {}, code)),
      count,
      !reached && h("p", { class: "remark" }, tell("unreached")),
    ),
  )
}

export const joinedWords = (joined: number): string => (joined ? tellCount("joined", joined) : tell("joined_none"))

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
  const change = h("button", { type: "button", class: "change", hidden: true }, tell("change"))
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
      picture.replaceChildren(qrPicture(rows, tell("qr_wifi", { name: known.name })))
      show(true, ...wifiLines(known))
    } catch {
      show(false, h("p", { class: "lead" }, tell("wifi_failed")))
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
    h("label", { for: nameId }, tell("wifi_name")),
    name,
    h("label", { for: passwordId }, tell("wifi_password")),
    password,
    h("button", { type: "submit" }, tell("wifi_show")),
    h("p", { class: "small" }, wifiWords()),
  )
  return { form, typed: () => ({ name: name.value.trim(), password: password.value }) }
}

/** The network in large letters, for whoever has no camera. */
function wifiLines({ name, password }: Wifi): HTMLElement[] {
  const line = (label: string, value: string): HTMLElement[] =>
    value ? [h("p", { class: "lead" }, label), h("p", { class: "address" }, h("bdi", {}, value))] : []
  return [...line(tell("wifi"), name), ...line(tell("wifi_password"), password)]
}

/** Where the name and the password go. */
function wifiWords(): string {
  const own = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)
  const open = location.protocol === "http:" && !own ? ` ${tell("wifi_open")}` : ""
  const goes = tell("wifi_goes", { host: location.host })
  return `${goes}${open} ${tell("wifi_forgets")}`
}
