/** Memory: what leads a browser back to its participation: the ticket, in its storage and in the address. */
import { randomId } from "../player/dom"
import { localStorageIfAny } from "./outbox/shelf"

const PREFIX = "parallax-take"

export class Memory {
  private joining = ""

  /** Without a storage only the address remembers. */
  constructor(
    private readonly link: string,
    private readonly storage = localStorageIfAny(),
  ) {}

  /** The ticket: that of the address goes first. "" where there is none. */
  get ticket(): string {
    return decodeURIComponent(location.hash.slice(1)) || this.read("ticket")
  }

  /** Keeps the ticket in the browser and in the address, so that a copied address resumes as well. */
  keepTicket(ticket: string): void {
    this.write("ticket", ticket)
    if (decodeURIComponent(location.hash.slice(1)) === ticket) return
    history.replaceState(null, "", `${location.pathname}${location.search}#${encodeURIComponent(ticket)}`)
  }

  /** The ticket leads nowhere any more. */
  forgetTicket(): void {
    this.write("ticket", "")
    history.replaceState(null, "", `${location.pathname}${location.search}`)
  }

  /** The id under which this browser joins: the same one until it has joined, so that nobody joins twice. */
  get joinId(): string {
    this.joining ||= this.read("join") || randomId()
    this.write("join", this.joining)
    return this.joining
  }

  /** It has joined: who joins next in this browser is somebody else. */
  forgetJoin(): void {
    this.joining = ""
    this.write("join", "")
  }

  private read(name: string): string {
    try {
      return this.storage?.getItem(`${PREFIX}:${this.link}:${name}`) ?? ""
    } catch {
      return ""
    }
  }

  private write(name: string, value: string): void {
    try {
      if (value) this.storage?.setItem(`${PREFIX}:${this.link}:${name}`, value)
      else this.storage?.removeItem(`${PREFIX}:${this.link}:${name}`)
    } catch {
      // Refused or full: the address still has the ticket.
    }
  }
}
