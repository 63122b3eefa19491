/** Decisions: what followed each answer that a person gave to one question, kept side by side behind a pager. */
import { h } from "../dom"
import type { Turn } from "../pieces/turn"
import { Tries } from "./tries"

interface Branch {
  readonly root: HTMLElement
  readonly name: string
  readonly turns: Turn[]
}

interface Decided {
  readonly branches: Branch[]
  tries: Tries | null
}

export class Decisions {
  private readonly known = new Map<Turn, Decided>()
  private now: Branch | null = null
  private pending: { readonly turn: Turn; readonly name: string } | null = null

  /** Where what comes next is put. */
  place(flow: HTMLElement): HTMLElement {
    return this.now?.root ?? flow
  }

  clear(): void {
    this.known.clear()
    this.now = null
    this.pending = null
  }

  /** A question was answered in this turn; null where that is no decision. */
  begin(turn: Turn | null, name: string): void {
    this.pending = turn && { turn, name }
  }

  /** It came to nothing. */
  release(): void {
    this.pending?.turn.release()
    this.pending = null
  }

  /** What was decided is played now: in a branch of its own, with the earlier ones behind a pager. */
  decide(): void {
    if (!this.pending) return
    const { turn, name } = this.pending
    this.pending = null
    turn.decide()
    const decided = this.known.get(turn) ?? { branches: [], tries: null }
    const before = decided.branches.at(-1)
    const branch: Branch = { root: h("div", { class: "branch" }), name, turns: [] }
    for (const old of before?.turns ?? []) old.retire()
    ;(before?.root ?? turn.root).after(branch.root)
    decided.branches.push(branch)
    if (before) {
      if (!decided.tries) turn.root.after((decided.tries = new Tries(before.root, before.name)).root)
      decided.tries.add(branch.root, name)
    }
    this.known.set(turn, decided)
    this.now = branch
  }

  /** A turn begins where things are put now. */
  opened(turn: Turn): void {
    this.now?.turns.push(turn)
  }
}
