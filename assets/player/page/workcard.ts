/** Work card: something that was made, as a small drawing of how it ends, its name, and what can be done with it. */
import moreIcon from "lucide-static/icons/ellipsis.svg"
import { h, iconElement } from "../dom"
import { keepTypedKeys } from "./keys"

export interface Part {
  readonly key: string
  readonly name: string
  readonly text?: string
  readonly question?: string
  readonly badge?: string
  readonly level?: string
  readonly failure?: string
  readonly notice?: string
}

export interface WorkData {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly owner: string
  readonly project: string
  readonly changed: string // ISO, UTC
  readonly address: string
  readonly parts: readonly Part[]
  readonly own?: boolean // only who owns it can say who finds it
  readonly visibility?: string // "team" or "mine"
  readonly panes?: boolean // whether it can be put beside others
}

export type Act = "rename" | "project" | "visibility" | "duplicate" | "archive" | "restore" | "delete"

export interface CardCalls {
  open(id: string): void
  act(name: Act, id: string, value?: string): void
  /** Chooses a work to be put beside others, or no longer. */
  choose(id: string): void
}

const MINUTE_S = 60
const STEPS: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [60 * MINUTE_S, "minute"],
  [24 * 60 * MINUTE_S, "hour"],
  [7 * 24 * 60 * MINUTE_S, "day"],
]
const UNIT_S = { minute: MINUTE_S, hour: 60 * MINUTE_S, day: 24 * 60 * MINUTE_S } as const

/** How long ago a moment was, in words; the date where it is more than a week. */
export function agoWords(iso: string, now: number): string {
  const seconds = (now - Date.parse(iso)) / 1000
  if (!Number.isFinite(seconds)) return ""
  if (seconds < MINUTE_S) return "just now"
  const step = STEPS.find(([limit]) => seconds < limit)
  if (!step) return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })
  const unit = step[1] as keyof typeof UNIT_S
  return new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" }).format(-Math.floor(seconds / UNIT_S[unit]), unit)
}

/** How a comparison or a prototype ends, drawn small; hidden from who hears, for whom the names are said. */
export function endPicture(parts: readonly Part[]): HTMLElement {
  const question = parts[0]?.question
  return h(
    "div",
    { class: "picture", "aria-hidden": "true" },
    question ? h("p", { class: "asked" }, question) : null,
    h("div", { class: "ends" }, ...parts.map(drawEnd)),
  )
}

function drawEnd(part: Part): HTMLElement {
  const end = h(
    "div",
    { class: "end" },
    h("b", {}, part.name),
    part.badge ? h("i", { class: `mark ${part.level ?? ""}` }, part.badge) : null,
    part.text ? h("p", {}, part.text) : null,
    part.notice ? h("i", { class: "note" }, part.notice) : null,
    part.failure ? h("i", { class: "broke" }, part.failure) : null,
  )
  end.style.setProperty("--k", `var(--pane-${part.key}, var(--ink))`)
  return end
}

/** The card of a work. On the shelves of what was put away, it can be brought back. */
export function workCard(work: WorkData, shelf: string, chosen: boolean, calls: CardCalls, now: number): HTMLElement {
  const followed = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return // a tab of its own
    event.preventDefault()
    calls.open(work.id)
  }
  const name = h("a", { href: work.address, class: "called", title: work.name, onclick: followed }, work.name)
  const title = h("h2", {}, name)
  const rename = (act: "rename" | "project"): void => writeOver(title, name, work, act, calls)
  const changed = new Date(work.changed).toLocaleString("en-GB")
  const when = h("time", { datetime: work.changed, title: changed }, agoWords(work.changed, now))
  const who = work.visibility === "mine" ? "only me" : ""
  const told = [work.kind, work.owner, work.project, who].filter(Boolean).join(" · ")
  const look = { href: work.address, class: "look", tabindex: "-1", "aria-hidden": "true", onclick: followed }
  return h(
    "article",
    { class: "work", "data-work": work.id },
    h("a", look, endPicture(work.parts)),
    h("div", { class: "foot" }, title, actMenu(work, shelf, calls, rename)),
    h(
      "div",
      { class: "below" },
      h("p", { class: "told" }, `${told} · `, when),
      work.panes && shelf === "current" ? chooseButton(work, chosen, calls) : null,
    ),
  )
}

function chooseButton({ id, name }: WorkData, chosen: boolean, calls: CardCalls): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "chip choose",
      "data-choose": id,
      "aria-pressed": chosen ? "true" : "false",
      "aria-label": `Compare ${name}`,
      onclick: () => calls.choose(id),
    },
    "Compare",
  )
}

/** A box in the place of a work's name, for another name or a project; Enter keeps it, Escape does not. */
function writeOver(
  title: HTMLElement,
  name: HTMLElement,
  work: WorkData,
  act: "rename" | "project",
  calls: CardCalls,
): void {
  const before = act === "rename" ? work.name : work.project
  const label = act === "rename" ? "Name" : "Project"
  const box = h("input", { type: "text", value: before, maxlength: 120, "aria-label": label, placeholder: label })
  let over = false
  const end = (keep: boolean): void => {
    if (over) return
    over = true
    title.replaceChildren(name)
    const now = box.value.trim()
    if (keep && now !== before && (now || act === "project")) calls.act(act, work.id, now)
    else name.focus()
  }
  keepTypedKeys(box)
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true)
    if (event.key === "Escape") end(false)
  })
  box.addEventListener("blur", () => end(true))
  title.replaceChildren(box)
  box.focus()
  box.select()
}

/** What can be done with a work, under a button. */
function actMenu(
  work: WorkData,
  shelf: string,
  calls: CardCalls,
  rename: (act: "rename" | "project") => void,
): HTMLElement {
  const summary = h("summary", { "aria-label": `More for ${work.name}` }, iconElement(moreIcon))
  const root = h("details", { class: "more" }, summary)
  const close = (act: () => void) => (): void => {
    root.open = false
    act()
  }
  const does = (act: Act) => (): void => calls.act(act, work.id)
  const seen = work.visibility === "mine" ? (["Show it to the team", "team"] as const) : (["Only me", "mine"] as const)
  const here: readonly (readonly [string, () => void])[] = [
    ["Rename", () => rename("rename")],
    [work.project ? "Another project" : "Put into a project", () => rename("project")],
    ...(work.own ? [[seen[0], () => calls.act("visibility", work.id, seen[1])] as const] : []),
    ["Duplicate", does("duplicate")],
    ["Archive", does("archive")],
    ["Delete", does("delete")],
  ]
  const choices = shelf === "current" ? here : ([["Bring it back", does("restore")]] as const)
  const buttons = choices.map(([words, act]) => h("button", { type: "button", onclick: close(act) }, words))
  root.append(h("div", { class: "choices" }, ...buttons))
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget as Node | null)) root.open = false
  })
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.open) return
    root.open = false
    summary.focus()
  })
  return root
}
