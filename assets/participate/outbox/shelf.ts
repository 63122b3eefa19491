/** Shelf: where answers lie until the server has them: IndexedDB, or what else the browser lets a page have. */
import { openDB, type IDBPDatabase } from "idb"

/** Something that is to be sent: an answer, or the wish that all answers are deleted. */
export interface Entry {
  readonly id: string
  readonly kind: "answer" | "leave"
  readonly ticket: string
  readonly step: string
  readonly body: string
  readonly at: number // the order in which they were given
}

export interface Shelf {
  put(entry: Entry): Promise<void>
  all(): Promise<Entry[]>
  remove(id: string): Promise<void>
}

const TAKE_DATABASE = "parallax-take"
const STORE = "outbox"
const OPEN_TIMEOUT_MS = 2000 // milliseconds; some browsers never answer where storage is refused

/** A shelf in IndexedDB. An entry is on the disk when `put` resolves. */
export class DatabaseShelf implements Shelf {
  private opened: Promise<IDBPDatabase> | null = null

  constructor(private readonly database = TAKE_DATABASE) {}

  async put(entry: Entry): Promise<void> {
    await this.retried(async (database) => {
      const change = database.transaction(STORE, "readwrite", { durability: "strict" })
      await Promise.all([change.store.put(entry), change.done])
    })
  }

  async all(): Promise<Entry[]> {
    return this.retried(async (database) => (await database.getAll(STORE)) as Entry[])
  }

  async remove(id: string): Promise<void> {
    await this.retried((database) => database.delete(STORE, id))
  }

  /** Browsers drop a connection at times: the work is tried once more on another one. */
  private async retried<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(await this.connect())
    } catch {
      this.opened = null
      return work(await this.connect())
    }
  }

  private connect(): Promise<IDBPDatabase> {
    this.opened ??= within(
      OPEN_TIMEOUT_MS,
      openDB(this.database, 1, { upgrade: (database) => void database.createObjectStore(STORE, { keyPath: "id" }) }),
    )
    return this.opened
  }
}

/** A shelf in memory that is written into the local storage where there is one. */
export class PlainShelf implements Shelf {
  private readonly held = new Map<string, Entry>()

  constructor(
    private readonly storage: Storage | null,
    private readonly database = TAKE_DATABASE,
  ) {
    for (const key of this.keys()) {
      const entry = readEntry(storage?.getItem(key) ?? "")
      if (entry && key === `${database}:${entry.id}`) this.held.set(entry.id, entry)
    }
  }

  put(entry: Entry): Promise<void> {
    this.held.set(entry.id, entry)
    try {
      this.storage?.setItem(`${this.database}:${entry.id}`, JSON.stringify(entry))
    } catch {
      // The storage is full or refused: the memory has it.
    }
    return Promise.resolve()
  }

  all(): Promise<Entry[]> {
    return Promise.resolve([...this.held.values()])
  }

  remove(id: string): Promise<void> {
    this.held.delete(id)
    this.storage?.removeItem(`${this.database}:${id}`)
    return Promise.resolve()
  }

  private keys(): string[] {
    return Object.keys(this.storage ?? {}).filter((key) => key.startsWith(`${this.database}:`))
  }
}

/** Both shelves: what the first one refuses lies on the second. */
export class Shelves implements Shelf {
  private broken = false // the first one was slow or refused; it is not waited for again

  constructor(
    private readonly first: Shelf,
    private readonly second: Shelf,
  ) {}

  async put(entry: Entry): Promise<void> {
    if (!(await this.tried(() => this.first.put(entry).then(() => true), false))) await this.second.put(entry)
  }

  async all(): Promise<Entry[]> {
    const both = [...(await this.tried(() => this.first.all(), [])), ...(await this.second.all())]
    return [...new Map(both.map((entry) => [entry.id, entry])).values()]
  }

  async remove(id: string): Promise<void> {
    await this.tried(() => this.first.remove(id), undefined)
    await this.second.remove(id)
  }

  private async tried<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    if (this.broken) return otherwise
    try {
      return await work()
    } catch {
      this.broken = true
      return otherwise
    }
  }
}

/** The shelves of this browser; those of studies, where none are named. */
export const browserShelf = (name = TAKE_DATABASE): Shelf =>
  new Shelves(new DatabaseShelf(name), new PlainShelf(localStorageIfAny(), name))

/** The local storage; null where the browser refuses it. */
export function localStorageIfAny(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

/** An entry as it was written; null for what else begins with the same name: tickets, and what tabs say. */
function readEntry(text: string): Entry | null {
  try {
    const read = JSON.parse(text) as Partial<Entry> | null
    return typeof read?.id === "string" && typeof read.body === "string" ? (read as Entry) : null
  } catch {
    return null
  }
}

/** The promise, or an error after some milliseconds. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("no answer in time")), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
