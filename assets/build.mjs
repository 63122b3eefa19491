/** Builds assets/dist: the player as one ES module, the participant's page, the page's style, fonts and icons. */
import { createHash } from "node:crypto"
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"
import { leanGrammar } from "./grammar.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, "dist")
const modules = join(here, "node_modules")

/** Small icons are read as text, and CSS as minified text, so that both fit into a shadow root. */
export const asText = {
  name: "as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: (await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true })).code,
      loader: "text",
    }))
    build.onLoad({ filter: /\.svg$/ }, async ({ path }) => ({ contents: await readFile(path, "utf8"), loader: "text" }))
  },
}

/** What the player is built with. */
export const plugins = [asText, leanGrammar]

const FONTS = [
  ["@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "inter-latin.woff2"],
  ["@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2", "inter-latin-ext.woff2"],
  ["@fontsource-variable/inter/LICENSE", "inter-LICENSE.txt"],
  ...[400, 600].flatMap((weight) =>
    ["latin", "latin-ext"].map((set) => [
      `@fontsource/jetbrains-mono/files/jetbrains-mono-${set}-${weight}-normal.woff2`,
      `jetbrains-mono-${set}-${weight}.woff2`,
    ]),
  ),
  ["@fontsource/jetbrains-mono/LICENSE", "jetbrains-mono-LICENSE.txt"],
]

const NOTICES = [
  "markdown-it/LICENSE",
  "linkify-it/LICENSE",
  "uc.micro/LICENSE.txt",
  "lucide-static/LICENSE",
  "idb/LICENSE",
  "random-words/LICENSE",
  "auto-bind/license",
]

/** The panes' colours as CSS, so that a page and the player have them from the one palette. */
async function panes() {
  const { light, dark } = JSON.parse(await readFile(join(here, "palette.json"), "utf8"))
  const lines = Object.keys(light).map((pane) => `--pane-${pane}: light-dark(${light[pane]}, ${dark[pane]});`)
  return `.stApp { ${lines.join(" ")} }\n`
}

/** The style of the page around the player, in the order in which rules win over each other. */
async function style() {
  const parts = ["app.css", "cards.css"].map((name) => readFile(join(here, "css", name), "utf8"))
  return (await Promise.all(parts)).join("\n")
}

/** An ES module with all it needs. */
const module = (entry) => ({
  entryPoints: [join(here, entry)],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins,
})

/** One HTML file that needs nothing else: the page that Python puts a comparison into. */
async function standalone(fonts) {
  const { outputFiles } = await esbuild.build({ ...module("player/page/standalone.ts"), write: false })
  const script = outputFiles[0].text
  let inlined = fonts
  for (const [, name] of fonts.matchAll(/url\("([^"]+)"\)/g)) {
    const bytes = await readFile(join(dist, "fonts", name))
    inlined = inlined.replace(`url("${name}")`, `url("data:font/woff2;base64,${bytes.toString("base64")}")`)
  }
  const hash = `sha256-${createHash("sha256").update(script).digest("base64")}`
  const parts = { hash, fonts: inlined, script }
  const page = await readFile(join(here, "player/page/standalone.html"), "utf8")
  await writeFile(
    join(dist, "standalone.html"),
    page.replace(/{{(hash|fonts|script)}}/g, (_, name) => parts[name]),
  )
}

const hashOf = async (name) =>
  createHash("sha256")
    .update(await readFile(join(dist, name)))
    .digest("hex")
    .slice(0, 12)

/** The participant's page; the player, which comes with the first trial, is a file of its own. */
async function participate(fonts) {
  const { metafile } = await esbuild.build({
    ...module("participate/index.ts"),
    entryNames: "participate",
    chunkNames: "participate-[hash]",
    splitting: true,
    metafile: true,
    outdir: dist,
  })
  const script = `participate.js?v=${await hashOf("participate.js")}`
  const [entry] = Object.entries(metafile.outputs).filter(([name]) => name.endsWith("/participate.js"))
  const needed = entry[1].imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path))
  const preload = needed.map((name) => `<link rel="modulepreload" href="../parallax/assets/${name}">`).join("")
  const base = (await readFile(join(here, "player/page/base.css"), "utf8"))
    .replace(/^:host \{[^}]*\}/m, "") // how the player sits in a page
    .replace(/:host\((\[[^)]*\])\)|:host/g, (_, look = "") => `:root${look}`)
  const own = ["player/page/calm.css", "participate/style/page.css", "participate/style/items.css"]
  const styles = await Promise.all(own.map((name) => readFile(join(here, name), "utf8")))
  const all = [fonts.replaceAll('url("', 'url("../parallax/assets/fonts/'), base, ...styles].join("\n")
  const style = (await esbuild.transform(all, { loader: "css", minify: true })).code
  const page = await readFile(join(here, "participate/page.html"), "utf8")
  const parts = { style, script, preload }
  await writeFile(
    join(dist, "participate.html"),
    page.replace(/{{(style|script|preload)}}/g, (_, name) => parts[name]),
  )
  return script
}

async function build() {
  await rm(dist, { recursive: true, force: true })
  await mkdir(join(dist, "fonts"), { recursive: true })
  await esbuild.build({ ...module("player/index.ts"), outfile: join(dist, "player.js") })
  const fonts = await readFile(join(here, "fonts/fonts.css"), "utf8")
  const served = fonts.replaceAll('url("', 'url("parallax/assets/fonts/')
  const page = await esbuild.transform(served + (await panes()) + (await style()), { loader: "css", minify: true })
  await writeFile(join(dist, "app.css"), page.code)
  for (const [from, to] of FONTS) await cp(join(modules, from), join(dist, "fonts", to))
  await standalone(fonts)
  const script = await participate(fonts)
  await cp(join(here, "icons"), join(dist, "icons"), { recursive: true })
  const own = (await readdir(join(here, "licences"))).map((name) => join("../licences", name))
  const texts = [...NOTICES, ...own]
  const notices = await Promise.all(texts.map(async (p) => `${p}\n\n${await readFile(join(modules, p), "utf8")}`))
  await writeFile(join(dist, "LICENCES.txt"), notices.join("\n\n"))
  const player = await readFile(join(dist, "player.js"))
  const manifest = { player: `player.js?v=${await hashOf("player.js")}`, participate: script }
  await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest) + "\n")
  console.log(`player.js ${(player.length / 1024).toFixed(1)} kB`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
