/** Fitting: as much of a list as can be sent. */

/** The first things of a list that fit into so many bytes of JSON. */
export function fittingFirst<T>(things: readonly T[], bytes: number): readonly T[] {
  const sizes = new TextEncoder()
  let room = bytes
  const end = things.findIndex((thing) => (room -= sizes.encode(JSON.stringify(thing)).length + 1) < 0)
  return end < 0 ? things : things.slice(0, end)
}
