/** Facts about the shelf: what is put on it is there for the next page, whatever the browser refuses. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { Memory } from "../memory"
import { DatabaseShelf, PlainShelf, Shelves, within, type Entry, type Shelf } from "../outbox/shelf"
import { storageLine } from "../tabs"

const storage = dom.window.localStorage
const entry = (n: number): Entry => ({ id: `id-${n}`, kind: "answer", ticket: "t", step: `s${n}`, body: "{}", at: n })
const ids = async (shelf: Shelf): Promise<string[]> => (await shelf.all()).map(({ id }) => id).sort()
const REFUSING: Shelf = {
  put: () => Promise.reject(new Error("no")),
  all: () => Promise.reject(new Error("no")),
  remove: () => Promise.reject(new Error("no")),
}

beforeEach(() => storage.clear())

test("the database keeps entries for the next page, until they are removed", async () => {
  await new DatabaseShelf().put(entry(1))
  await new DatabaseShelf().put(entry(2))
  assert.deepEqual(await ids(new DatabaseShelf()), ["id-1", "id-2"])
  await new DatabaseShelf().remove("id-1")
  assert.deepEqual(await ids(new DatabaseShelf()), ["id-2"])
})

test("where the database is refused, the local storage keeps entries for the next page", async () => {
  const shelf = new Shelves(REFUSING, new PlainShelf(storage))
  await shelf.put(entry(1))
  assert.deepEqual(await ids(new Shelves(REFUSING, new PlainShelf(storage))), ["id-1"])
  await shelf.remove("id-1")
  assert.deepEqual(await ids(new PlainShelf(storage)), [])
})

test("a database that breaks later leaves nothing behind that was put on it", async () => {
  let works = true
  const held = new PlainShelf(null)
  const first: Shelf = { ...REFUSING, put: (one) => (works ? held.put(one) : REFUSING.put(one)), all: () => held.all() }
  const shelf = new Shelves(first, new PlainShelf(storage))
  await shelf.put(entry(1))
  works = false
  await shelf.put(entry(2))
  assert.deepEqual(await ids(new Shelves(first, new PlainShelf(storage))), ["id-1", "id-2"])
})

test("where nothing can be stored, the memory keeps entries for this page", async () => {
  const full = { ...storage, setItem: () => assert.fail("full"), getItem: () => null, removeItem: () => {} }
  const shelf = new Shelves(REFUSING, new PlainShelf(full))
  await shelf.put(entry(1))
  assert.deepEqual(await ids(shelf), ["id-1"])
})

test("garbled entries of an earlier page are passed over", async () => {
  storage.setItem("parallax-take:x", "{")
  storage.setItem("parallax-take:x", "{")
  assert.deepEqual(await ids(new PlainShelf(storage)), [])
})

test("tickets, joins and the words of tabs of any study are taken for no answer", async () => {
  const memory = new Memory("link.abc", storage)
  memory.keepTicket("1234567890123456")
  storage.setItem("parallax-take:link.abc:join", "1234567890123456")
  storageLine("parallax-take:link.abc", storage).say({ tab: "t", says: "anybody" })
  storage.setItem("parallax-take:other", JSON.stringify(entry(4)))
  await new PlainShelf(storage).put(entry(5))
  assert.equal(Object.keys(storage).length, 5)
  assert.deepEqual(await ids(new PlainShelf(storage)), ["id-5"])
  assert.equal(new Memory("link.abd", storage).joinId === memory.joinId, false)
})

test("a browser that never answers is not waited for", async () => {
  await assert.rejects(within(5, new Promise(() => {})))
  assert.equal(await within(1000, Promise.resolve(3)), 3)
})
