/** API: what a stage asks of its server. Nothing that it shows depends on an answer once the deck is here. */
import type { Deck } from "./deck"

const TIMEOUT_MS = 8000

/** The server said no, in words for a person. */
export class StageRefused extends Error {
  constructor(
    readonly what: string,
    readonly todo: string,
    readonly status: number,
  ) {
    super(what)
  }
}

export interface RoomEntry {
  readonly room: string
  readonly code: string
  readonly address: string // without what stands before the host, and without the code
  readonly reached: boolean // whether other computers reach it
  readonly qr: readonly string[]
}

export interface RoomState {
  readonly joined: number
  readonly votes: Readonly<Record<string, number>>
  readonly late: Readonly<Record<string, number>>
  readonly ended: boolean
}

export class StageApi {
  private tag = ""

  constructor(
    private readonly token: string,
    private readonly base = new URL("api/", location.href).href,
  ) {}

  deck(): Promise<Deck> {
    return this.asked<Deck>("deck", {}, 60_000)
  }

  room(id: string): Promise<RoomEntry> {
    return this.post<RoomEntry>("room", { room: id })
  }

  move(room: string, scene: string, beat: number): Promise<unknown> {
    return this.post("move", { room, scene, beat })
  }

  findings<T>(room: string, scene: string): Promise<T> {
    return this.asked<T>(`findings?room=${encodeURIComponent(room)}&scene=${encodeURIComponent(scene)}`, {}, 20_000)
  }

  async wifi(name: string, password: string): Promise<readonly string[]> {
    return (await this.post<{ qr: readonly string[] }>("wifi", { name, password })).qr
  }

  /** Asks the model of a live scene; the answer comes as a stream. */
  live(scene: string, signal: AbortSignal): Promise<Response> {
    const headers = { "content-type": "application/json", "x-parallax-stage": this.token }
    const body = JSON.stringify({ scene })
    const asked = { method: "POST", headers, body, signal, cache: "no-store", credentials: "omit" } as const
    return fetch(`${this.base}live`, asked)
  }

  /** How the room stands; null where that is as it was. */
  async state(room: string): Promise<RoomState | null> {
    const headers: Record<string, string> = this.tag ? { "if-none-match": this.tag } : {}
    const response = await this.fetched(`state?room=${encodeURIComponent(room)}`, { headers }, TIMEOUT_MS)
    if (response.status === 304) return null
    if (!response.ok) throw await refusal(response)
    this.tag = response.headers.get("etag") ?? ""
    return (await response.json()) as RoomState
  }

  private post<T>(path: string, values: object): Promise<T> {
    const headers = { "content-type": "application/json" }
    return this.asked<T>(path, { method: "POST", headers, body: JSON.stringify(values) })
  }

  private async asked<T>(path: string, init: RequestInit, timeout = TIMEOUT_MS): Promise<T> {
    const response = await this.fetched(path, init, timeout)
    if (!response.ok) throw await refusal(response)
    return (await response.json()) as T
  }

  private fetched(path: string, init: RequestInit, timeout: number): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), "x-parallax-stage": this.token }
    const signal = AbortSignal.timeout(timeout)
    return fetch(this.base + path, { ...init, headers, signal, cache: "no-store", credentials: "omit" })
  }
}

async function refusal(response: Response): Promise<StageRefused> {
  const body = (await response.json().catch(() => ({}))) as { what?: string; do?: string }
  return new StageRefused(body.what ?? "The server does not answer as it should.", body.do ?? "", response.status)
}
