/** Room view: how phones come in: a QR code, a short address and five letters; and the Wi-Fi, where it was typed. */
import { freshId, h, setText } from "../player/dom"
import type { RoomEntry, StageApi } from "./api"
import { qrPicture } from "./qr"

const WIFI_KEY = "parallax-stage:wifi"
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

interface Wifi {
  readonly name: string
  readonly password: string
}

/** The network that was typed in this browser; null where none was. */
export function typedWifi(storage: Storage | null): Wifi | null {
  try {
    return JSON.parse(storage?.getItem(WIFI_KEY) ?? "null") as Wifi | null
  } catch {
    return null
  }
}

/** The fields of the Wi-Fi and its QR code. Both stay in this browser; the server draws the code and forgets it. */
export function wifiCard(api: Pick<StageApi, "wifi">, storage: Storage | null): HTMLElement {
  const known = typedWifi(storage)
  const [nameId, passwordId] = [freshId("wifi"), freshId("wifi")]
  const name = h("input", { id: nameId, type: "text", autocomplete: "off", maxlength: 128 })
  const password = h("input", { id: passwordId, type: "text", autocomplete: "off", maxlength: 128 })
  name.value = known?.name ?? ""
  password.value = known?.password ?? ""
  const picture = h("div", { class: "wifi-picture" })
  const says = h("p", { class: "lead", role: "status" })
  const draw = async (): Promise<void> => {
    const wifi = { name: name.value.trim(), password: password.value }
    if (!wifi.name) return
    try {
      storage?.setItem(WIFI_KEY, JSON.stringify(wifi))
      picture.replaceChildren(qrPicture(await api.wifi(wifi.name, wifi.password), `QR code of the Wi-Fi ${wifi.name}`))
      setText(says, `Wi-Fi: ${wifi.name}`)
    } catch {
      setText(says, "The code could not be drawn. Is the server there?")
    }
  }
  const form = h(
    "form",
    { class: "wifi-form" },
    h("label", { for: nameId }, "Name of the Wi-Fi"),
    name,
    h("label", { for: passwordId }, "Password"),
    password,
    h("button", { type: "submit" }, "Show its QR code"),
    h("p", { class: "small" }, "Both stay in this browser. The server draws the code and keeps nothing of it."),
  )
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    void draw()
  })
  if (known) void draw()
  return h("section", { class: "join wifi" }, picture, h("div", { class: "way" }, says, form))
}
