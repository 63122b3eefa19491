/** Leftover: what an earlier page left in this browser is sent, also where nobody goes on. */
import type { Api } from "../api"
import { browserWaits, Outbox, type Waits } from "./outbox"
import { browserShelf, type Shelf } from "./shelf"

const WAIT_MS = 8000 // milliseconds; what takes longer is sent by the page that goes on
const LOOK_MS = 100

/** Begins to send everything that lies here, whoever left it. */
export async function sendLeftover(
  api: Pick<Api, "send">,
  shelf: Shelf = browserShelf(),
  waits: Waits = browserWaits,
): Promise<Outbox> {
  const outbox = new Outbox(shelf, (entry, alive) => api.send(entry, alive), { settled: () => {} }, waits)
  await outbox.load()
  return outbox
}

/** Sends what somebody with this ticket left; resolves once the server has it, or after some seconds. */
export async function sendOwnLeftover(api: Pick<Api, "send">, ticket: string): Promise<void> {
  const outbox = await sendLeftover(api)
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
    if (!outbox.entries.some((entry) => entry.ticket === ticket)) break
    await browserWaits.sleep(LOOK_MS)
  }
  outbox.stop()
}
