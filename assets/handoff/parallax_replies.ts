/** Replies: what a server sends back, piece by piece. */

const MOST_ANSWER_BYTES = 16_000_000
const LINE_END_BYTE = 10

/** The answer broke; `fault` says in one word how. */
export class Broken extends Error {
  readonly fault: string

  constructor(fault: string, text: string) {
    super(text)
    this.fault = fault
  }
}

/** Words, how probable they were (natural logarithm), and whether they are the last. */
export interface Piece {
  readonly text: string
  readonly logprob: number | null
  readonly last: boolean
}

/** What the server sends, piece by piece; one that does not stream sends its whole answer as one piece. */
export async function* readChunks(reply: Response): AsyncGenerator<unknown> {
  const kind = reply.headers.get("content-type") ?? ""
  if (kind.includes("html")) throw new Broken("malformed", "the server sent a web page instead of an answer")
  if (kind.includes("json")) {
    yield JSON.parse(await reply.text())
    return
  }
  const decoder = new TextDecoder("utf-8", { fatal: true })
  for await (const row of readRows(reply)) {
    if (row.length < 5 || decoder.decode(row.subarray(0, 5)) !== "data:") continue
    const said = decoder.decode(row.subarray(5)).trim()
    if (said === "[DONE]") return
    yield JSON.parse(said)
  }
}

/** The lines of a reply, as bytes: one that cannot be read takes nothing from those before it. */
async function* readRows(reply: Response): AsyncGenerator<Uint8Array> {
  const reader = reply.body?.getReader()
  let rest = new Uint8Array()
  for (let size = 0; reader;) {
    const { done, value } = await reader.read()
    if (done) return
    size += value.length
    if (size > MOST_ANSWER_BYTES) throw new Broken("malformed", `the answer is longer than ${MOST_ANSWER_BYTES} bytes`)
    const joined = new Uint8Array(rest.length + value.length)
    joined.set(rest)
    joined.set(value, rest.length)
    let from = 0
    for (let end = joined.indexOf(LINE_END_BYTE); end >= 0; end = joined.indexOf(LINE_END_BYTE, from)) {
      yield joined.subarray(from, end)
      from = end + 1
    }
    rest = joined.slice(from)
  }
}

interface Chunk {
  readonly error?: { readonly message?: unknown } | string | null
  readonly choices?: readonly ChunkChoice[] | null
}

interface ChunkChoice {
  readonly message?: { readonly content?: string | null }
  readonly delta?: { readonly content?: string | null }
  readonly logprobs?: { readonly content?: readonly { readonly token: string; readonly logprob: number }[] } | null
  readonly finish_reason?: string | null
}

/** The words of a piece. Broken where it is none, or says that the server broke. */
export function* readPieces(json: unknown, logprobs: boolean): Generator<Piece> {
  if (typeof json !== "object" || json === null) throw new Broken("malformed", "the server sent a piece that is none")
  const { error, choices } = json as Chunk
  if (error) {
    const said = typeof error === "string" ? error : error.message
    throw new Broken("server", typeof said === "string" ? said : JSON.stringify(error))
  }
  const choice = choices?.[0]
  if (!choice) return
  const text = (choice.message ?? choice.delta)?.content ?? ""
  const known = (logprobs && choice.logprobs?.content) || []
  if (known.length && known.map(({ token }) => token).join("") === text) {
    for (const { token, logprob } of known) yield { text: token, logprob, last: false }
  } else {
    yield { text, logprob: null, last: false }
  }
  yield { text: "", logprob: null, last: Boolean(choice.finish_reason) }
}
