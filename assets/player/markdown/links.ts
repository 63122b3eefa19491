/** Links: where a person may be sent, and how they see where that is. */

const SAFE = new Set(["http:", "https:", "mailto:"])
const HOST = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}[\p{L}\p{N}-]+/gu
const FILE = /\.(?:js|json|jsx|ts|tsx|html?|css|txt|csv|ya?ml|toml|xml|php|pdf)$/i // names that no host can have

/** The address if a person may be sent there, else null. */
export function safeAddress(address: string): string | null {
  try {
    const url = new URL(address)
    return SAFE.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

/** The attributes of a link with these words; where they name another host than the link's, it shows its own. */
export function linkAttributes(href: string | undefined, words: string): Readonly<Record<string, string>> {
  const address = safeAddress(href ?? "")
  if (address === null) return {}
  const goal = goalOf(new URL(address))
  const named = [...words.matchAll(HOST)].map(([name]) => name).find((name) => !FILE.test(name))
  const honest = named === undefined || words.trim() === goal || bareHost(named) === bareHost(goal)
  const link = { href: address, target: "_blank", rel: "noopener noreferrer" }
  return honest ? link : { ...link, "data-goal": goal }
}

/** The host of a web address, the recipient of a mail address. */
function goalOf(url: URL): string {
  if (url.protocol !== "mailto:") return url.host
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    return url.pathname
  }
}

const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^www\./, "")
