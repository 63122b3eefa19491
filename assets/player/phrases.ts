/** Phrases: what the player itself says around an answer, in English or in the words that a page brings. */

let known: Readonly<Record<string, string>> = {}

/** Takes other words for phrases, by the English phrase; those without any stay English. */
export const setPhrases = (phrases: Readonly<Record<string, string>>): void => void (known = phrases)

/** A phrase as it is said, with values in its places {0}, {1}. */
export const say = (phrase: string, ...values: readonly (string | number)[]): string =>
  (known[phrase] ?? phrase).replace(/{(\d)}/g, (place, n: string) => String(values[Number(n)] ?? place))
