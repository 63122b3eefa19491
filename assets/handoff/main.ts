/**
One question, answered by a model behind an OpenAI-compatible address, as the prototype beside this file has it.

Install Node.js 22.18 or later, and nothing else: it runs TypeScript as it is. An older Node.js (20 or later) needs a
runner: `npm install tsx` once, then `npx tsx` in place of `node`. The key, where one is needed, comes from the
environment:

    OPENAI_API_KEY=... node main.ts https://example.org/v1 name-of-model "Your question"

{left_out}
*/

import { readFileSync } from "node:fs"
import process from "node:process"
import { Model } from "./parallax_client.ts"
import { Prompt } from "./parallax_events.ts"
import { prototypeFrom } from "./parallax_runtime.ts"
import { converse } from "./parallax_terminal.ts"

const prototype = prototypeFrom(JSON.parse(readFileSync(new URL("prototype.json", import.meta.url), "utf8")))
const [address, name, question] = process.argv.slice(2)
if (address && name && question) {
  const model = new Model(address, name, process.env["OPENAI_API_KEY"] ?? "", prototype.client)
  const prompt = new Prompt({ messages: [{ role: "user", text: question }] })
  void converse(prototype.around(model.answer.bind(model)), model, prompt)
} else {
  process.stderr.write(`${prototype.name}\nUsage: node main.ts ADDRESS MODEL QUESTION\n`)
  process.exitCode = 1
}
