/** On screen: whose words the panes show, and which recording of our own the page is about to send back. */
import type { Play } from "../stage/play"

export class OnScreen {
  prompt = ""
  recording = "" // "" for a live answer that is not kept yet
  private expected = ""

  show(prompt: string, recording: string): void {
    this.prompt = prompt
    this.recording = recording
  }

  /** A play was kept as a recording: gives the id of the one that it stands in for, of those that the page knows. */
  keep(play: Play, recorded: string): string {
    const isFirst = play.main || !this.recording // of this question
    if (!isFirst) return this.recording
    this.expected = play.kept
    this.recording = play.kept
    return recorded
  }

  /** Whether the page was expected to send this recording back. */
  expects(recording: string): boolean {
    return this.expected !== "" && this.expected === recording
  }

  /** The page sent this itself: nothing else is expected any more. */
  replace(prompt: string, recording: string): void {
    this.expected = ""
    this.show(prompt, recording)
  }
}
