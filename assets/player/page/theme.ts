/** Theme: light or dark as the page is, and the panes' colours. */
import palette from "../../palette.json"

type Look = "light" | "dark"

/** Light or dark, from the page's own background where it names one, else from the person's system. */
export function lookFor(background: string, prefersDark: boolean): Look {
  const light = lightnessOf(background)
  return light === null ? (prefersDark ? "dark" : "light") : light < 0.5 ? "dark" : "light"
}

/** How light a #rgb, #rrggbb or rgb() colour is, 0 to 1; null where it cannot be read. */
export function lightnessOf(colour: string): number | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(colour.trim())?.[1]
  const parts = hex
    ? (hex.length === 3 ? [...hex].map((c) => c + c) : hex.match(/../g)!).map((c) => parseInt(c, 16))
    : /^rgba?\(([^)]+)\)/
        .exec(colour.trim())?.[1]
        ?.split(/[\s,/]+/)
        .slice(0, 3)
        .map(Number)
  if (!parts || parts.length < 3 || parts.some(Number.isNaN)) return null
  const [r, g, b] = parts as [number, number, number]
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255
}

/** Gives the player the page's look, and keeps it when the page changes. Returns what ends it. */
export function followTheme(host: HTMLElement): () => void {
  const query = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null
  const apply = () => {
    const background = getComputedStyle(host).getPropertyValue("--st-background-color")
    const now = lookFor(background, query?.matches ?? false)
    host.dataset.look = now
    for (const [pane, colour] of Object.entries(palette[now])) host.style.setProperty(`--pane-${pane}`, colour)
  }
  apply()
  // The host's background is transparent to the eye but carries the page's colour: a change of it is a new theme.
  host.addEventListener("transitionend", apply)
  query?.addEventListener("change", apply)
  return () => {
    host.removeEventListener("transitionend", apply)
    query?.removeEventListener("change", apply)
  }
}
