/** Links: where a person may be sent, and how they see where that is. */

const SAFE = new Set(["http:", "https:", "mailto:"])
const HOST =
  /(?<![\p{L}\p{N}.-])(?:(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]+|(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}.-]))/gu
/** Letters that are not seen, or that turn the order of those around them round. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}]/gu
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const FILE = /\.(?:js|json|jsx|ts|tsx|html?|css|txt|csv|ya?ml|toml|xml|php|pdf)$/i // names that no host can have

const MAX_REMEMBERED = 64 // answers of one function

/** The function with its last answers at hand: what still grows is read again and again. */
function remembering<Value>(find: (text: string, words: string) => Value): (text: string, words?: string) => Value {
  const known = new Map<string, Value>()
  return (text, words = "") => {
    const key = `${text.length} ${text}${words}` // two others never make the same
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= MAX_REMEMBERED) known.clear()
    const value = find(text, words)
    known.set(key, value)
    return value
  }
}

/** The address if a person may be sent there, else null. */
export const safeAddress = remembering((address): string | null => {
  try {
    const url = new URL(address)
    return SAFE.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
})

/** The attributes of a link with these words; where they name another host than the link's, it shows its own. */
export const linkAttributes = remembering((href, words): Readonly<Record<string, string>> => {
  const address = safeAddress(href)
  if (address === null) return {}
  const url = new URL(address)
  const goal = goalOf(url)
  const itself = [goal, ...(url.username ? [] : [address, address.replace(/\/$/, "")])]
  const others = hostsNamed(words).some((name) => bareHost(name) !== bareHost(goal))
  const honest = !TURNS.test(words) && (!others || itself.includes(words.trim()))
  const link = { href: address, target: "_blank", rel: "noopener noreferrer" }
  return honest ? link : { ...link, "data-goal": goal }
})

/** The hosts that words name to who reads them, however their letters are coded. */
function hostsNamed(words: string): string[] {
  const seen = words.normalize("NFKC").replace(UNSEEN, "").replaceAll("。", ".")
  return [...seen.matchAll(HOST)].map(([name]) => name).filter((name) => !FILE.test(name))
}

/** The host of a web address, the recipient of a mail address. */
function goalOf(url: URL): string {
  if (url.protocol !== "mailto:") return url.host
  try {
    return decodeURIComponent(url.pathname).replace(UNSEEN, "")
  } catch {
    return url.pathname
  }
}

const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^www\./, "")
