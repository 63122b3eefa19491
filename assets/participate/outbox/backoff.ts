/** Backoff: how long to wait before something is sent again. */

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
const LONGEST_ASKED_MS = 120_000 // milliseconds that a server may ask for; more is taken for a mistake

/** Milliseconds until the next try: what the server asked for, or twice as long each time; both with some chance. */
export function retryDelay(tries: number, asked: number | null, chance: number): number {
  if (asked !== null) return Math.min(LONGEST_ASKED_MS, Math.max(0, asked)) * (1 + chance / 4)
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10)) * (0.5 + chance / 2)
}

/** What a Retry-After header asks for in milliseconds: seconds or a date; null where it says neither. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (!header) return null
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
