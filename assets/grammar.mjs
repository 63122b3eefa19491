/** The parts of markdown-it that the player never runs, such as HTML and typography, are left out of it. */
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const player = join(dirname(fileURLToPath(import.meta.url)), "player/markdown")

/** What stands in place of a part of markdown-it, by the name that its bundle gives the part. */
const IN_PLACE = {
  "src/renderer.ts": "var Renderer = class {}",
  "src/rules_core/replacements.ts": "function replace() {}",
  "src/rules_core/smartquotes.ts": "function smartquotes() {}",
  "src/common/html_blocks.ts": "",
  "src/common/html_re.ts": "",
  "src/rules_block/html_block.ts": "function html_block() { return false }",
  "src/rules_inline/html_inline.ts": "function html_inline() { return false }",
}
/** Tables and addresses, which the browser knows about itself. */
const BY_BROWSER = [
  ['import * as mdurl from "mdurl";', ""],
  ['import punycode from "punycode.js";', ""],
  ["ucmicro.P.test(ch) || ucmicro.S.test(ch)", "/[\\p{P}\\p{S}]/u.test(ch)"],
  [/var lib = \{\s*mdurl,\s*ucmicro\s*\};/, "var lib = {};"],
  [/\tnormalizeLink\(url\) \{[\s\S]*?\n\tconstructor/, "\tnormalizeLink(url) { return url }\n\tconstructor"],
]

/** Puts something in place of a piece of text that must be there. */
function replaced(text, piece, instead) {
  const result = text.replace(piece, () => instead)
  if (result === text) throw new Error(`markdown-it has changed: ${piece} is not in it`)
  return result
}

function withoutParts(source) {
  let text = source
  for (const [part, instead] of Object.entries(IN_PLACE)) {
    const from = text.indexOf(`//#region ${part}`)
    const to = text.indexOf("//#endregion", from)
    if (from < 0 || to < 0) throw new Error(`markdown-it has changed: ${part} is not in it`)
    text = `${text.slice(0, from)}${instead}\n${text.slice(to)}`
  }
  // Fields are set as any code sets them; the other way takes most of the time that a token takes.
  text = text.replace(/_defineProperty\(\s*this,\s*(?:\/\*[\s\S]*?\*\/\s*)?"(\w+)",/g, "(this.$1 =")
  return BY_BROWSER.reduce((found, [piece, instead]) => replaced(found, piece, instead), text)
}

/** For the player alone; what else imports markdown-it, such as a test that compares with it, has the whole. */
export const leanGrammar = {
  name: "lean-grammar",
  setup(build) {
    build.onResolve({ filter: /^markdown-it$/ }, async ({ importer, pluginData, kind, resolveDir }) => {
      if (dirname(importer) !== player || pluginData === "whole") return undefined
      const { path } = await build.resolve("markdown-it", { importer, kind, resolveDir, pluginData: "whole" })
      return { path, suffix: "?lean" }
    })
    build.onResolve({ filter: /^entities$/ }, () => ({ path: join(player, "entities.ts") }))
    build.onLoad({ filter: /markdown-it\.mjs$/ }, async ({ path, suffix }) =>
      suffix === "?lean" ? { contents: withoutParts(await readFile(path, "utf8")), loader: "js" } : undefined,
    )
  },
}
