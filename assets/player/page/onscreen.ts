/** On screen: whose words the panes show, and which recordings of our own the page is about to send back. */
import type { Play } from "../stage/play"

export class OnScreen {
  prompt = ""
  recording = "" // "" for a live answer that is not kept yet
  private awaited: string[] = [] // recordings of our own that the page has not sent back yet, the oldest first

  show(prompt: string, recording: string): void {
    this.prompt = prompt
    this.recording = recording
  }

  /** A play was kept as a recording: gives the ids of those that it stands in for, of those that the page knows. */
  keep(play: Play, recorded: string): string[] {
    const isFirst = play.main || !this.recording // of this question
    if (!isFirst) return [this.recording]
    const before = [recorded, ...this.awaited]
    this.awaited.push(play.kept)
    this.recording = play.kept
    return before
  }

  /** Whether the page was expected to send this recording back. */
  expects(recording: string): boolean {
    return this.awaited.includes(recording)
  }

  /** The page sent back a recording that was expected. Gives whether it is the newest: no other one is on its way. */
  takeBack(recording: string): boolean {
    this.awaited = this.awaited.slice(this.awaited.indexOf(recording) + 1)
    return this.awaited.length === 0
  }

  /** The page sent this itself: nothing else is expected any more. */
  replace(prompt: string, recording: string): void {
    this.awaited = []
    this.show(prompt, recording)
  }
}
