/** Form: the items of a step, what is still open among them, and what was answered. */
import { h } from "../../player/dom"
import type { Item, Values } from "../protocol"
import type { Words } from "../words"
import { acceptControl, choiceControl, scaleControl } from "./choice"
import { Field, type Control, type Naming, type Value } from "./field"
import { sliderControl } from "./slider"
import { secondsControl, textControl } from "./typed"

const LONGEST_NAME_CHARS = 60 // characters of a question by which it is named

export class Form {
  readonly root = h("div", { class: "items" })
  /** When the first of the items was touched, as `performance.now()`. */
  touched: number | null = null
  private readonly fields: readonly Field[]

  /** `named` gives the name of the pane that an item is about; "" for none. */
  constructor(
    items: readonly Item[],
    private readonly words: Words,
    named: (item: Item) => string = () => "",
  ) {
    this.fields = items.map((item) => new Field(item, words, (naming) => controlOf(item, words, naming), named(item)))
    this.root.append(...this.fields.map(({ root }) => root))
    for (const kind of ["input", "change", "click"])
      this.root.addEventListener(kind, () => (this.touched ??= performance.now()), true)
  }

  /** Everything that was answered, by name. */
  get values(): Values {
    const given = this.fields.map((field): [string, Value | null] => [field.item.name, field.value()])
    return Object.fromEntries(given.filter((pair): pair is [string, Value] => pair[1] !== null))
  }

  /** What is still open, in words that name it; "" where nothing is. The first of it gets the focus. */
  check(): string {
    const open = this.fields.filter((field) => !field.check())
    open[0]?.focus()
    const names = open.map(({ item }) => `“${shortText(item.text)}”`).join(", ")
    return open.length ? this.words.count("missing", open.length, { names }) : ""
  }
}

function controlOf(item: Item, words: Words, naming: Naming): Control {
  switch (item.kind) {
    case "slider":
      return sliderControl(item, words, naming)
    case "scale":
      return scaleControl(item, words, naming)
    case "choice":
      return choiceControl(item, words, naming)
    case "accept":
      return acceptControl(item, words, naming)
    case "seconds":
      return secondsControl(item, words, naming)
    case "text":
      return textControl(item, words, naming)
  }
}

const shortText = (text: string): string => {
  const plain = text.replaceAll("**", "").replace(/\s+/g, " ")
  return plain.length > LONGEST_NAME_CHARS ? `${plain.slice(0, LONGEST_NAME_CHARS - 1).trimEnd()}…` : plain
}
