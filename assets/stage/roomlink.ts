/** Room link: the stage's line to its room. What cannot be told now is told later; the show goes on without it. */
import type { RoomEntry, RoomState, StageApi } from "./api"
import { StageRefused } from "./api"

const POLL_MS = 400
const LOST_POLL_MS = 1500

const NOBODY: RoomState = { joined: 0, votes: {}, late: {}, ended: false }

interface Move {
  readonly scene: string
  readonly beat: number
}

export class RoomLink {
  entry: RoomEntry | null = null
  state: RoomState = NOBODY
  lost = false // whether the server was not reached lately
  private moves: Move[] = []
  private telling = false
  private polling = false
  private ended = false

  constructor(
    private readonly api: Pick<StageApi, "room" | "move" | "state">,
    private readonly remembered: { get(): string; set(room: string): void },
    private readonly changed: () => void,
    private readonly pause: (ms: number) => Promise<void> = timePause,
  ) {}

  get open(): boolean {
    return this.entry !== null && !this.state.ended
  }

  /** Opens a room, or goes on with the one that was open before this page was loaded. */
  async begin(): Promise<void> {
    this.entry = await this.api.room(this.remembered.get())
    this.remembered.set(this.entry.room)
    this.state = NOBODY
    this.changed()
    void this.poll()
  }

  /** Goes on with a room only where one was open. */
  async resume(): Promise<void> {
    if (this.remembered.get()) await this.begin()
  }

  /** Tells the room where the presenter is, in order, until the server has it. */
  move(scene: string, beat: number): void {
    if (!this.entry) return
    this.moves.push({ scene, beat })
    void this.tell()
  }

  /** Asks no more. */
  end(): void {
    this.ended = true
  }

  private async tell(): Promise<void> {
    if (this.telling || !this.entry) return
    this.telling = true
    while (this.moves[0]) {
      const { scene, beat } = this.moves[0]
      try {
        await this.api.move(this.entry.room, scene, beat)
        this.moves.shift()
      } catch (error) {
        if (error instanceof StageRefused && error.status < 500) this.moves.shift()
        else await this.pause(LOST_POLL_MS)
      }
    }
    this.telling = false
  }

  private async poll(): Promise<void> {
    if (this.polling) return
    this.polling = true
    while (!this.ended) {
      const before = this.lost
      try {
        const state = await this.api.state(this.entry!.room)
        this.lost = false
        if (state) this.state = state
        if (state || before) this.changed()
      } catch (error) {
        this.lost = !(error instanceof StageRefused && error.status < 500)
        if (!before) this.changed()
      }
      await this.pause(this.lost ? LOST_POLL_MS : POLL_MS)
    }
  }
}

const timePause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
