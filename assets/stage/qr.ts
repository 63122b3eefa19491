/** QR: a code as one path of small squares, always dark on light, so that any camera reads it. */

const QUIET = 4 // squares left free around it, as the standard asks
const NAMESPACE = "http://www.w3.org/2000/svg"

/** The picture of a code that came as rows of 0 and 1; `says` is read aloud. */
export function qrPicture(rows: readonly string[], says: string): SVGElement {
  const size = rows.length + 2 * QUIET
  const svg = document.createElementNS(NAMESPACE, "svg")
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`)
  svg.setAttribute("role", "img")
  svg.setAttribute("aria-label", says)
  svg.setAttribute("class", "qr")
  svg.setAttribute("shape-rendering", "crispEdges")
  const light = document.createElementNS(NAMESPACE, "rect")
  for (const [name, value] of [
    ["width", size],
    ["height", size],
    ["fill", "#fff"],
  ] as const)
    light.setAttribute(name, String(value))
  const dark = document.createElementNS(NAMESPACE, "path")
  dark.setAttribute("d", rows.map((row, y) => rowPath(row, y + QUIET)).join(""))
  dark.setAttribute("fill", "#000")
  svg.append(light, dark)
  return svg
}

const rowPath = (row: string, y: number): string =>
  [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index + QUIET} ${y}h${run.length}v1h-${run.length}z`).join("")
