/** Choices: points of a scale, one or several of some answers, and whether an answer is accepted. */
import { freshId, h } from "../../player/dom"
import type { Control, MakeControl, Naming } from "./field"
import { endWords } from "./slider"
import { limitWords } from "./typed"

const LONGEST_OWN_WORDS = 1900 // characters; the server takes 2,000 with what was picked

interface Pick {
  readonly value: string
  readonly label: string
  readonly about?: string // what is read aloud besides
}

/** Buttons of which one is pressed, or several. */
function pickGroup(picks: readonly Pick[], look: string, { label, about }: Naming, several = false): Control {
  const name = freshId("pick")
  const boxes = picks.map(({ value }) => h("input", { type: several ? "checkbox" : "radio", name, value }))
  const root = h(
    "div",
    {
      class: `picks ${look}`,
      role: several ? "group" : "radiogroup",
      "aria-labelledby": label,
      "aria-describedby": about,
    },
    ...picks.map((pick, i) =>
      h(
        "label",
        { class: "pick" },
        boxes[i],
        h("span", { dir: "auto" }, pick.label),
        !!pick.about && h("span", { class: "unseen" }, ` ${pick.about}`),
      ),
    ),
  )
  const picked = (): string[] => boxes.filter((box) => box.checked).map((box) => box.value)
  return { root, first: boxes[0] ?? root, value: () => (several ? someOf(picked()) : (picked()[0] ?? null)) }
}

const someOf = (values: readonly string[]): readonly string[] | null => (values.length ? values : null)

export const choiceControl: MakeControl<"choice"> = (item, _words, naming) =>
  pickGroup(item.options, "list", naming, item.several)

export const scaleControl: MakeControl<"scale"> = (item, _words, naming) => {
  const least = item.least ?? 1
  const labelled = item.labels?.length === item.points
  const picks = Array.from({ length: item.points }, (_, i): Pick => {
    const end = labelled ? "" : i === 0 ? item.low : i === item.points - 1 ? item.high : ""
    const value = String(least + i)
    return { value, label: labelled ? item.labels[i]! : value.replace("-", "−"), about: end }
  })
  const group = pickGroup(picks, labelled ? "list" : "points", naming)
  group.root.style.setProperty("--points", String(item.points))
  const ends = labelled ? null : endWords(item.low, item.high)
  ends?.setAttribute("aria-hidden", "true") // the points say it themselves
  return {
    root: h("div", { class: "control" }, group.root, ends),
    first: group.first,
    value: () => numberOrNull(group.value()),
  }
}

const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value))

/** Accept the answer, or change it, in own words where the person has some. */
export const acceptControl: MakeControl<"accept"> = (item, words, naming) => {
  const group = pickGroup(item.options, item.options.length === 2 ? "two" : "list", naming)
  const id = freshId("own")
  const box = h("textarea", { id, rows: 3, dir: "auto" })
  const own = h(
    "div",
    { class: "own", hidden: true },
    h("label", { class: "help", for: id }, words.say("own_words")),
    box,
    limitWords(box, LONGEST_OWN_WORDS, words),
  )
  const changes = (): boolean => group.value() === "change"
  group.root.addEventListener("change", () => (own.hidden = !changes()))
  return {
    root: h("div", { class: "control" }, group.root, own),
    first: group.first,
    value() {
      const value = group.value() as string | null
      return changes() && box.value.trim() ? `${value}:${box.value.trim()}` : value
    },
  }
}
