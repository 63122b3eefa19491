/** Spans: where words of the source stand among the letters on the page. */
import type { References } from "./grammar"
import { lettersOf } from "./shapes"
import { wholeShapes } from "./tail"

/** Where complete blocks stand in the text. */
export interface PieceSpan {
  readonly from: number
  readonly to: number
}

const [BEGIN, END] = ["\ue000", "\ue001"] // letters that nobody writes and that no grammar knows
const SIGN = /[\s*_~`[\](){}<>|!#.:+-]/

/**
 * From and to among all letters that the pieces show, for the letters `start` to `end` of the text they were read
 * from; null where these are not shown, as those of an address.
 */
export function drawnSpan(
  text: string,
  pieces: readonly PieceSpan[],
  references: References,
  start: number,
  end: number,
): readonly [number, number] | null {
  let before = 0
  let found: [number, number] | null = null
  for (const { from, to } of pieces) {
    const own = text.slice(from, to)
    const letters = lettersShown(own, references)
    const local = start < to && end > from ? findWithin(own, letters, references, start - from, end - from) : null
    if (local) found = [found ? found[0] : before + local[0], before + local[1]]
    if (end <= to) break
    before += letters.length
  }
  return found
}

const lettersShown = (text: string, references: References): string => lettersOf(wholeShapes(text, references))

function findWithin(
  text: string,
  letters: string,
  references: References,
  from: number,
  to: number,
): [number, number] | null {
  let [start, end] = [Math.max(0, from), Math.min(text.length, to)]
  const exact = findMarked(text, letters, references, start, end)
  if (exact) return exact
  while (start < end && SIGN.test(text[start]!)) start++
  while (start < end && SIGN.test(text[end - 1]!)) end--
  return start < end ? findMarked(text, letters, references, start, end) : null
}

/** Reads the text with the two places marked; null where the marks change what is shown, or are not shown. */
function findMarked(
  text: string,
  letters: string,
  references: References,
  start: number,
  end: number,
): [number, number] | null {
  const marked = text.slice(0, start) + BEGIN + text.slice(start, end) + END + text.slice(end)
  const shown = lettersShown(marked, references)
  const [first, last] = [shown.indexOf(BEGIN), shown.indexOf(END)]
  if (first < 0 || last <= first + 1) return null
  return shown.replace(BEGIN, "").replace(END, "") === letters ? [first, last - 1] : null
}
