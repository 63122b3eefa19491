/** Plays programs at the same time, each at several addresses in turn, and prints what they show, line by line. */

import process from "node:process"
import { Model } from "../parallax_client.ts"
import { Prompt } from "../parallax_events.ts"
import { prototypeFrom } from "../parallax_runtime.ts"
import { converse, Screen } from "../parallax_terminal.ts"

interface Job {
  readonly prototype: unknown
  readonly urls: readonly string[]
}

/** A terminal at which nobody types, and whose output is kept. */
class KeptScreen extends Screen {
  readonly kept: string[]

  constructor(kept: string[]) {
    super()
    this.kept = kept
  }

  override write(words: string): void {
    this.kept.push(words)
  }

  override readLine(): Promise<string> {
    return Promise.resolve("")
  }
}

/** The lines that a program shows at each address. */
async function linesShown({ prototype: json, urls }: Job): Promise<string[][]> {
  const prototype = prototypeFrom(json)
  const prompt = new Prompt({ messages: [{ role: "user", text: "Is it so?" }] })
  const shown: string[][] = []
  for (const url of urls) {
    const kept: string[] = []
    const model = new Model(url, "m", process.env["OPENAI_API_KEY"] ?? "", prototype.client)
    await converse(prototype.around(model.answer.bind(model)), model, prompt, () => new KeptScreen(kept))
    shown.push(kept.join("").split("\n").filter(Boolean))
  }
  return shown
}

process.setMaxListeners(0) // each program listens for Ctrl+C
const chunks: string[] = []
for await (const chunk of process.stdin) chunks.push(String(chunk))
const jobs = JSON.parse(chunks.join("")) as Job[]
process.stdout.write(JSON.stringify(await Promise.all(jobs.map(linesShown))))
