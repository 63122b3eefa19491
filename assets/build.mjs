/** Builds assets/dist: the player as one ES module, the pages of participants, rooms and stages, style and fonts. */
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
  return `:root { ${lines.join(" ")} }\n`
}

/** The style of the page around the player, in the order in which rules win over each other. */
async function appStyle() {
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

/** The fonts as they stand in a file that needs nothing else. */
async function inlineFonts(fonts) {
  let inlined = fonts
  for (const [, name] of fonts.matchAll(/url\("([^"]+)"\)/g)) {
    const bytes = await readFile(join(dist, "fonts", name))
    inlined = inlined.replace(`url("${name}")`, `url("data:font/woff2;base64,${bytes.toString("base64")}")`)
  }
  return inlined
}

/** One HTML file that needs nothing else: a page that Python puts a comparison, or a deck, into. */
async function standalone(entry, template, name, styles) {
  const { outputFiles } = await esbuild.build({ ...module(entry), write: false })
  const script = outputFiles[0].text
  const hash = `sha256-${createHash("sha256").update(script).digest("base64")}`
  const parts = { hash, script, ...styles }
  const html = await readFile(join(here, template), "utf8")
  await writeFile(
    join(dist, name),
    html.replace(/{{(hash|fonts|style|script)}}/g, (_, part) => parts[part]),
  )
}

const hashOf = async (name) =>
  createHash("sha256")
    .update(await readFile(join(dist, name)))
    .digest("hex")
    .slice(0, 12)

/** The style of a page of its own: what a player looks like, and what is added to that. */
async function pageStyle(fonts, styles) {
  const base = (await readFile(join(here, "player/page/base.css"), "utf8"))
    .replace(/^:host \{[^}]*\}/m, "") // how the player sits in a page
    .replace(/:host\((\[[^)]*\])\)|:host/g, (_, look = "") => `:root${look}`)
  const own = await Promise.all(["player/page/calm.css", ...styles].map((file) => readFile(join(here, file), "utf8")))
  return (await esbuild.transform([fonts, base, ...own].join("\n"), { loader: "css", minify: true })).code
}

/** A page of its own, one folder deep in the addresses: its style stands in it, and what its script loads later is in
 * files of its own. */
async function page(name, fonts, styles) {
  const { metafile } = await esbuild.build({
    ...module(`${name}/index.ts`),
    entryNames: name,
    chunkNames: `${name}-[hash]`,
    splitting: true,
    metafile: true,
    outdir: dist,
  })
  const script = `${name}.js?v=${await hashOf(`${name}.js`)}`
  const [entry] = Object.entries(metafile.outputs).filter(([path]) => path.endsWith(`/${name}.js`))
  const needed = entry[1].imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path))
  const preload = needed.map((file) => `<link rel="modulepreload" href="../parallax/assets/${file}">`).join("")
  const style = await pageStyle(fonts.replaceAll('url("', 'url("../parallax/assets/fonts/'), styles)
  const parts = { style, script, preload }
  const html = await readFile(join(here, `${name}/page.html`), "utf8")
  await writeFile(
    join(dist, `${name}.html`),
    html.replace(/{{(style|script|preload)}}/g, (_, part) => parts[part]),
  )
  return script
}

async function build() {
  await rm(dist, { recursive: true, force: true })
  await mkdir(join(dist, "fonts"), { recursive: true })
  await esbuild.build({ ...module("player/index.ts"), outfile: join(dist, "player.js") })
  const fonts = await readFile(join(here, "fonts/fonts.css"), "utf8")
  const served = fonts.replaceAll('url("', 'url("parallax/assets/fonts/')
  const app = await esbuild.transform(served + (await panes()) + (await appStyle()), { loader: "css", minify: true })
  await writeFile(join(dist, "app.css"), app.code)
  for (const [from, to] of FONTS) await cp(join(modules, from), join(dist, "fonts", to))
  const inlined = await inlineFonts(fonts)
  await standalone("player/page/standalone.ts", "player/page/standalone.html", "standalone.html", { fonts: inlined })
  const style = await pageStyle(inlined, ["stage/stage.css"])
  await standalone("stage/file.ts", "stage/file.html", "deck-file.html", { style })
  const taking = ["participate/style/page.css", "participate/style/items.css"]
  const script = await page("participate", fonts, taking)
  await page("room", fonts, [...taking, "room/room.css"])
  await page("stage", fonts, ["stage/stage.css"])
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
