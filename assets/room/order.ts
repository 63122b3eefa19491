/** Order: in which order a phone plays the panes: its own, by chance, and the same again after it was loaded anew. */

/** The things in an order that depends on the seed alone; each order is as likely as another. */
export function ownOrder<T>(things: readonly T[], seed: string): T[] {
  const order = [...things]
  let state = hashOf(seed)
  for (let last = order.length - 1; last > 0; last--) {
    state = nextOf(state)
    const other = (state >>> 8) % (last + 1)
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const sign of text) hash = Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193)
  return hash >>> 0
}

/** A step of mulberry32. */
function nextOf(state: number): number {
  const sum = (state + 0x6d2b79f5) | 0
  const mixed = Math.imul(sum ^ (sum >>> 15), 1 | sum)
  return (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
}
