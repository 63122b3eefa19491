/** Making elements: text is always a text node, so nothing a model says can become markup. */

export type Child = Node | string | null | undefined | false
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>

/** An element with attributes (`on...` are listeners) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener)
    else setAttribute(element, name, value)
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child)
  return element
}

/** Sets an attribute, or takes it away where the value is null, undefined or false. */
export function setAttribute(
  element: Element,
  name: string,
  value: string | number | boolean | null | undefined,
): void {
  const wanted = value === null || value === undefined || value === false ? null : value === true ? "" : String(value)
  if (wanted === null) element.removeAttribute(name)
  else if (element.getAttribute(name) !== wanted) element.setAttribute(name, wanted)
}

/** Sets the words of an element, touching it only when they differ. */
export function setText(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words
}

/** One of the icons that the build brings in, as an element hidden from screen readers. */
export function iconElement(source: string): SVGElement {
  const parsed = new DOMParser().parseFromString(source, "image/svg+xml").querySelector("svg")
  const svg = document.adoptNode(parsed as SVGElement)
  setAttribute(svg, "aria-hidden", "true")
  setAttribute(svg, "class", "icon")
  return svg
}

let last = 0
/** An id that no other element of this page has. */
export const freshId = (stem: string): string => `parallax-${stem}-${++last}`

/** A random id for a play; the older way is for pages that are not served securely. */
export function randomId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 15) | 64
  bytes[8] = (bytes[8]! & 63) | 128
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}
