/** Entities: the browser's own table of named letters, in place of a second one in the player. */

const known = new Map<string, string>()

/** The letters that one reference such as `&copy;` names; the reference itself where it names none. */
export function decodeHTMLStrict(reference: string): string {
  const name = /^&[a-z][a-z0-9]{1,31};$/i.exec(reference)
  if (!name) return reference
  let letters = known.get(reference)
  if (letters === undefined) {
    letters = new DOMParser().parseFromString(reference, "text/html").documentElement.textContent ?? ""
    known.set(reference, letters || reference)
  }
  return letters || reference
}
