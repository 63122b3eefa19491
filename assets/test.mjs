/** Bundles the tests of the player and of the handed-off program, and gives the bundles to Node's own test runner. */
import { spawnSync } from "node:child_process"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"
import { plugins } from "./build.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const folders = ["player/tests", "participate/tests", "stage/tests", "room/tests", "handoff/tests"]
const namesIn = async (folder) => (await readdir(join(here, folder))).map((name) => `${folder}/${name}`)
const tests = (await Promise.all(folders.map(namesIn))).flat().filter((name) => name.endsWith(".test.ts"))
const out = await mkdtemp(join(here, "node_modules/.player-tests-"))
await esbuild.build({
  entryPoints: tests.map((name) => join(here, name)),
  outdir: out,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["jsdom", "commonmark-spec", "fake-indexeddb"],
  outExtension: { ".js": ".mjs" },
  sourcemap: "inline",
  plugins,
})
const files = tests.map((name) => join(out, name.replace(/\.ts$/, ".mjs")))
const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" })
await rm(out, { recursive: true, force: true })
process.exit(status ?? 1)
