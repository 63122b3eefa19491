/** Fold: the complete rows of a table that still grows, left out of what is read again. */
import type { Token } from "./grammar"
import type { Drawn } from "./shapes"

/** A table at the beginning of a tail, without its complete rows: only its head and its last row are read. */
export class TableFold {
  private complete = "" // the text up to the last row
  private head = ""
  private rows: readonly Drawn[] = []

  /** Lets go of the rows. */
  forget(): void {
    this.complete = this.head = ""
    this.rows = []
  }

  /** The text without the complete rows. */
  leaveOut(text: string): string {
    if (!text.startsWith(this.complete)) this.forget()
    return this.head + text.slice(this.complete.length)
  }

  /** Puts the rows back below the head of the table. */
  putBack(table: Drawn | undefined): void {
    if (this.rows.length && typeof table === "object") table.children.splice(0, 1, ...this.rows)
  }

  /** Keeps the rows above the last row of a table that is all there is; `starts` says where each line begins. */
  keepRows(tokens: readonly Token[], shown: string, starts: readonly number[], table: Drawn | undefined): void {
    if (tokens[0]?.type !== "table_open" || tokens.at(-1)!.type !== "table_close" || typeof table !== "object") return
    if (tokens.some(({ type, level }, i) => type === "table_open" && level === 0 && i > 0)) return
    const rows = tokens.filter(({ type, level }) => type === "tr_open" && level === 2)
    if (rows.length < 3) return
    const last = starts[rows.at(-1)!.map![0]]!
    const head = shown.slice(0, starts[rows[1]!.map![0]])
    this.complete += shown.slice(this.head.length, last)
    this.head = head
    this.rows = table.children.slice(0, -1)
  }
}
