/** Events: what can happen on the screen, and what else both languages share.
 *
 * Made from components/core/vocabulary.py by `make vocabulary`: change it there.
 */

export const FREEZE_S = 1 // seconds without new words that break a person's flow of thought
export const MAX_PROMPT_CHARS = 8000

/** Lists that stand side by side. */
export interface Column {
  readonly title: string
  readonly items: readonly string[]
}

/** What each kind of event carries besides its text. */
export interface EventData {
  /** The answer broke, and no failure pattern has told so yet. Its text: what a developer would read. */
  readonly error: {
    /** What went wrong: a name in components/core/faults.py, or one from elsewhere. */
    readonly fault?: string
    /** What happened, in words for a person, where they are known better than the fault. */
    readonly what?: string
    /** What was kept. */
    readonly kept?: string
    /** What the person can do. */
    readonly do?: string
    /** How long the server asks to wait; older recordings may hold a date, in s. */
    readonly retry_after?: string
  }
  /** The answer came to its end. */
  readonly end: {
    /** Why; thoughts: with nothing but them, tool: to call one, other: as `said` says. */
    readonly reason?: "stop" | "length" | "filter" | "stopped" | "empty" | "declined" | "tool" | "thoughts" | "other"
    /** The server's own word for why, where it is another one. */
    readonly said?: string
    /** How sure the model seems, from 0 to 1, as a person wrote it; nothing measured. */
    readonly sure?: number
  }
  /** Something moves while nothing can be read yet; it goes when words come. Its text: what stands beside it. */
  readonly status: {
    /** What moves; a step or a thought joins those before. */
    readonly shape?: "spinner" | "typing" | "skeleton" | "step" | "thought" | "bar"
    /** What came of a step, told once it is done. */
    readonly result?: string
    /** Whether all thoughts are seen, or the last one. */
    readonly fold?: "open" | "closed"
    /** How many lines a skeleton has. */
    readonly lines?: number
    /** How long a bar takes to fill, in s. */
    readonly seconds?: number
    /** How a bar fills. */
    readonly curve?: "linear" | "accelerating" | "decelerating"
    /** Where these words come from, in a sentence, where they are not the answer's. */
    readonly origin?: string
  }
  /** Words of the answer are shown after those before. Its text: the words, spaces included. */
  readonly text: {
    /** Whether a cursor follows the words while they are written. */
    readonly cursor?: boolean
    /** Whether these words are a draft that others take the place of. */
    readonly draft?: boolean
    /** Whether these are words of doubt that a pattern put before the answer. */
    readonly hedge?: boolean
    /** Whether it stands in the place of the model's own words. */
    readonly instead?: boolean
    /** That the model was too unsure to answer: the words that say so, or those that say where to turn. */
    readonly unsure?: "words" | "redirect"
  }
  /** All words of the answer are taken back for others. Its text: all words from now on, or none. */
  readonly revise: {
    /** Whether these words are a draft that others take the place of. */
    readonly draft?: boolean
    /** Whether it stands in the place of the model's own words. */
    readonly instead?: boolean
  }
  /** A phrase of the answer stands out. Its text: the phrase, as it is in the answer. */
  readonly mark: {
    /** Which occurrence of the phrase is meant, from 0. */
    readonly nth?: number
    /** How it stands out. */
    readonly palette?: "amber" | "underline" | "grey"
    /** How sure the model was of it. */
    readonly level?: "low" | "medium"
    /** Why it stands out. */
    readonly title?: string
  }
  /** How sure the model is of the whole answer. Its text: the words on the badge. */
  readonly badge: {
    /** How sure, where it is told in steps. */
    readonly level?: "low" | "medium" | "high"
    /** How sure, where it is told as a number, in %. */
    readonly percent?: number
    /** What the badge means. */
    readonly legend?: string
  }
  /** The prototype asks back; what the person picks joins the prompt. Its text: the question. */
  readonly question: {
    /** The answers that can be picked. */
    readonly options?: readonly string[]
    /** Whether another answer can be typed. */
    readonly other?: boolean
    /** A next question, a plan in `items`, a brief; else a decision. */
    readonly form?: "next" | "plan" | "brief"
    /** The request as it was understood, part by part, to be corrected. */
    readonly brief?: Readonly<Record<string, string>>
    /** Other words on the button of an option. */
    readonly labels?: Readonly<Record<string, string>>
    /** Lines that stand below it as a list. */
    readonly items?: readonly string[]
    /** Where these words come from, in a sentence, where they are not the answer's. */
    readonly origin?: string
    /** Whether it stands in the place of the model's own words. */
    readonly instead?: boolean
  }
  /** Something beside the answer: a line, a card, something to unfold. Its text: the line, or the title. */
  readonly notice: {
    /** How it looks; ready also rings in the tab. */
    readonly tone?: "info" | "caution" | "card" | "label" | "ready" | "steps" | "thoughts"
    /** What it is, where that has a look of its own. */
    readonly form?: "abilities" | "starters" | "accuracy" | "others" | "decision" | "reasons" | "assumed"
    /** Whether it stands there before the person asks. */
    readonly before?: boolean
    /** How often answers are right, as it was measured, in %. */
    readonly percent?: number
    /** Lines that stand below it as a list. */
    readonly items?: readonly string[]
    /** What came of each of these lines. */
    readonly results?: readonly string[]
    /** How long it took, in s. */
    readonly seconds?: number
    /** Lists side by side, each with a title and items. */
    readonly columns?: readonly Column[]
    /** Whether its list can be folded, and how it is at first. */
    readonly fold?: "open" | "closed"
    /** How sure the model is, where it warns of it. */
    readonly level?: "low" | "medium" | "high"
    /** Whether it is Parallax's word to the designer, shown outside the pane. */
    readonly remark?: boolean
    /** Where these words come from, in a sentence, where they are not the answer's. */
    readonly origin?: string
    /** Whether it stands in the place of the model's own words. */
    readonly instead?: boolean
  }
  /** A source below the answer, and its number behind what it is about. Its text: the source's title. */
  readonly source: {
    /** Its number, from 1. */
    readonly n?: number
    /** What more is known of it. */
    readonly detail?: string
    /** The phrase of the answer that it is about. */
    readonly claim?: string
    /** Which occurrence of that phrase is meant, from 0. */
    readonly nth?: number
    /** Where it can be read: an address that begins with http:// or https://. */
    readonly address?: string
    /** Whether the source shows when the number is pointed at. */
    readonly preview?: boolean
    /** Where these words come from, in a sentence, where they are not the answer's. */
    readonly origin?: string
  }
  /** The answer broke, told by a failure pattern. Its text: what happened. */
  readonly failure: {
    /** What went wrong: a name in components/core/faults.py, or one from elsewhere. */
    readonly fault?: string
    /** What was kept and what to do. */
    readonly detail?: string
    /** About the answer, or in the assistant's own voice. */
    readonly tone?: "plain" | "personal"
    /** What a person can do next: retry, again or continue. */
    readonly actions?: readonly string[]
    /** The words on the button of each action. */
    readonly labels?: Readonly<Record<string, string>>
    /** Whether the text is what a developer would read. */
    readonly raw?: boolean
    /** What a developer would read, below the plain words. */
    readonly technical?: string
  }
  /** Something a person can do besides reading. Its text: the words on its button, or above it. */
  readonly action: {
    /** What it does. */
    readonly name?: "stop" | "again" | "say" | "edit" | "feedback" | "person"
    /** What a person can do next: retry, again or continue. */
    readonly actions?: readonly string[]
    /** Where a stop button stands. */
    readonly place?: "below" | "above"
    /** What is said once it is pressed. */
    readonly after?: string
    /** Lines that stand below it as a list. */
    readonly items?: readonly string[]
    /** Who takes over: name, role and first words. */
    readonly person?: readonly string[]
    /** How long it takes until the person is there, in s. */
    readonly wait?: number
    /** Whether the items can be changed before they are passed on. */
    readonly review?: boolean
    /** Whether it begins without a press. */
    readonly open?: boolean
    /** What is corrected at a time. */
    readonly scope?: "sentence" | "answer"
    /** Whether a correction can be taken back. */
    readonly undo?: boolean
    /** How an answer is rated. */
    readonly scale?: "thumbs" | "stars"
    /** What is rated at a time. */
    readonly parts?: "answer" | "paragraphs"
    /** Words to pick for what it was like. */
    readonly tags?: readonly string[]
    /** Whether a comment can be written. */
    readonly comment?: boolean
  }
}

export type EventKind = keyof EventData

/** One thing that happens at one moment of an answer, `at` in seconds since Send. */
export type Event<K extends EventKind = EventKind> = {
  [P in K]: { readonly at: number; readonly kind: P; readonly text?: string; readonly data?: EventData[P] }
}[K]

/** The three moments of a pane, in seconds since Send; null where one never came. */
export interface Marks {
  readonly sign: number | null // the first sign of life
  readonly first: number | null // the first words of the answer
  readonly complete: number | null // nothing more happens
}

/** After one of these a stream says nothing more. */
export const LAST: ReadonlySet<string> = new Set<EventKind>(["error", "end", "question", "failure"])
/** Nothing to see by themselves. */
export const NO_SIGN: ReadonlySet<string> = new Set<EventKind>(["end", "action"])
/** Their text is words of the answer. */
export const ANSWERING: ReadonlySet<string> = new Set<EventKind>(["text", "revise"])
/** The answer ended in a failure. */
export const BREAKING: ReadonlySet<string> = new Set<EventKind>(["error", "failure"])
