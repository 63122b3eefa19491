/** Mount: a part of a Streamlit page, which calls again and again and moves things as it likes. */
import { Answers, type AnswersCalls, type AnswersData } from "./answers"
import { Catalogue, type CatalogueCalls, type CatalogueData } from "./catalogue"
import { Home, type HomeCalls, type HomeData } from "./home"
import { Check, type CheckData } from "./check"
import { focusPanel } from "../controls/panel"
import { LowerPlace } from "./lowerplace"
import { Player } from "./player"
import type { Callbacks, PlayerData } from "../protocol"
import { Sheet, type SheetCalls, type SheetData } from "./sheet"

/** What Streamlit hands to a component. */
export interface Component<D> {
  readonly data: D
  readonly parentElement: HTMLElement | ShadowRoot
  readonly setTriggerValue: (name: string, value: unknown) => void
  readonly setStateValue: (name: string, value: unknown) => void
}

/** What can be mounted. */
interface Part<D, C> {
  update(data: D, calls: C): void
  moveTo(root: ParentNode & Node): void
  destroy(): void
}

interface MountedPart {
  readonly part: unknown
  mounts: number
  leaving: ReturnType<typeof setTimeout> | null
}

const REMOUNT_MS = 1000 // milliseconds in which a page may put a part back
const kept = new Map<string, MountedPart>()
const keptPart = <P>(key: string): P | undefined => kept.get(key)?.part as P | undefined

/** What shows a part; called again with new data, in the same place or another. It returns what takes the part away. */
function makeMount<D extends { readonly key?: string }, C>(
  name: string,
  make: (root: HTMLElement | ShadowRoot, data: D, calls: C) => Part<D, C>,
  calls: (component: Component<D>) => C,
): (component: Component<D>) => () => void {
  return (component) => {
    const key = component.data.key ?? name // the page's own name for it: Streamlit gives each mount another one
    const found = kept.get(key)
    const part =
      (found?.part as Part<D, C> | undefined) ?? make(component.parentElement, component.data, calls(component))
    const entry = found ?? { part, mounts: 0, leaving: null }
    kept.set(key, entry)
    if (entry.leaving) clearTimeout(entry.leaving)
    entry.leaving = null
    if (found) {
      part.moveTo(component.parentElement)
      part.update(component.data, calls(component))
    }
    const mounted = ++entry.mounts
    return () => {
      if (entry.mounts !== mounted) return // a later call took over
      entry.leaving = setTimeout(() => {
        part.destroy()
        kept.delete(key)
      }, REMOUNT_MS)
    }
  }
}

export const player = makeMount<PlayerData, Callbacks>(
  "player",
  (root, data, calls) => {
    queueMicrotask(() => keptPart<LowerPlace>("below")?.update()) // it may have come first
    return new Player(root, data, calls)
  },
  ({ setTriggerValue }) => ({
    seen: (seen) => setTriggerValue("seen", seen),
    kept: (recording) => setTriggerValue("kept", recording),
    renew: (count) => setTriggerValue("renew", count),
    live: (begun) => setTriggerValue("live", { begun }),
    loaded: (playSet) => setTriggerValue("loaded", playSet),
    dials: (pane) => {
      setTriggerValue("dials", pane)
      if (pane) focusPanel(pane)
    },
    row: (choice) => setTriggerValue("row", choice),
    pinned: (pin) => setTriggerValue("pinned", pin),
    typed: (question) => setTriggerValue("typed", question),
  }),
)

/** Where what stands below the panes of the page's player is shown. */
export const below = makeMount<{ readonly key?: string }, undefined>(
  "below",
  (root) => new LowerPlace(root, () => keptPart<Player>("player")?.lower),
  () => undefined,
)

export const catalogue = makeMount<CatalogueData, CatalogueCalls>(
  "catalogue",
  (root, data, calls) => new Catalogue(root, data, calls),
  ({ setTriggerValue }) => ({ try: (name) => setTriggerValue("try", name) }),
)

export const home = makeMount<HomeData, HomeCalls>(
  "home",
  (root, data, calls) => new Home(root, data, calls),
  ({ setTriggerValue }) => ({
    open: (id) => setTriggerValue("open", id),
    find: (filters) => setTriggerValue("find", filters),
    act: (act) => setTriggerValue("act", act),
    begin: (name) => setTriggerValue("begin", name),
    compare: (ids) => setTriggerValue("compare", ids),
    unfold: (open) => setTriggerValue("unfold", open),
  }),
)

export const sheet = makeMount<SheetData, SheetCalls>(
  "sheet",
  (root, data, calls) => new Sheet(root, data, calls),
  ({ setTriggerValue }) => ({ pick: (recording) => setTriggerValue("pick", recording) }),
)

export const answers = makeMount<AnswersData, AnswersCalls>(
  "answers",
  (root, data, calls) => new Answers(root, data, calls),
  ({ setTriggerValue }) => ({ unsaved: (report) => setTriggerValue("unsaved", report) }),
)

export const check = makeMount<CheckData, undefined>(
  "check",
  (root, data) => new Check(root, data),
  () => undefined,
)
