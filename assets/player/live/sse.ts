/** Server-sent events: bytes in, in pieces cut anywhere; whole messages out. */

/** Collects bytes and hands out the `data` of each message that is complete. */
export class MessageReader {
  private readonly decoder = new TextDecoder()
  private rest = ""
  private data: string[] = []

  /** The messages that these bytes complete. */
  push(bytes: Uint8Array): string[] {
    this.rest += this.decoder.decode(bytes, { stream: true })
    const whole: string[] = []
    for (;;) {
      const end = /\r\n|\n|\r(?=[^])/.exec(this.rest) // a lone \r at the very end may be half of \r\n
      if (!end) return whole
      const line = this.rest.slice(0, end.index)
      this.rest = this.rest.slice(end.index + end[0].length)
      if (line === "") this.close(whole)
      else this.read(line)
    }
  }

  private read(line: string): void {
    const colon = line.indexOf(":")
    const field = colon < 0 ? line : line.slice(0, colon)
    if (field !== "data") return
    const value = colon < 0 ? "" : line.slice(colon + 1)
    this.data.push(value.startsWith(" ") ? value.slice(1) : value)
  }

  private close(whole: string[]): void {
    if (this.data.length) whole.push(this.data.join("\n"))
    this.data = []
  }
}
