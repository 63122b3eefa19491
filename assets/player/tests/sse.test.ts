/** Facts about reading server-sent events. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { MessageReader } from "../live/sse"

const bytes = (words: string) => new TextEncoder().encode(words)
const WHOLE = 'data: {"a":"é🙂"}\n\n: keep alive\n\nevent: x\r\ndata: one\r\ndata: two\r\n\r\ndata:bare\n\n'
const SAID = ['{"a":"é🙂"}', "one\ntwo", "bare"]

test("messages are the same wherever the bytes are cut", () => {
  const all = bytes(WHOLE)
  for (let size = 1; size <= all.length; size++) {
    const messages = new MessageReader()
    const said: string[] = []
    for (let i = 0; i < all.length; i += size) said.push(...messages.push(all.slice(i, i + size)))
    assert.deepEqual(said, SAID, `pieces of ${size}`)
  }
})

test("half a message says nothing", () => {
  const messages = new MessageReader()
  assert.deepEqual(messages.push(bytes("data: half")), [])
  assert.deepEqual(messages.push(bytes("\n")), [])
  assert.deepEqual(messages.push(bytes("\n")), ["half"])
})

test("comments and other fields are no messages", () => {
  assert.deepEqual(new MessageReader().push(bytes(": hello\n\nid: 4\nretry: 10\n\n")), [])
})
