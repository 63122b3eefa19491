/** Spoken: what a part of a page wants read aloud, told to the one place of the page that is read by itself. */
export const SPOKEN = "parallax:spoken"

/** Has words read aloud, where the page has such a place. */
export const speakFrom = (place: Element, words: string): void =>
  void place.dispatchEvent(new CustomEvent(SPOKEN, { bubbles: true, composed: true, detail: words }))
