/** Mount: the player inside a Streamlit page, which calls again and again and moves things as it likes. */
import { Player } from "./player"
import type { Callbacks, PlayerData } from "./protocol"

/** What Streamlit hands to a component. */
export interface Component {
  readonly data: PlayerData
  readonly parentElement: HTMLElement | ShadowRoot
  setTriggerValue(name: string, value: unknown): void
  setStateValue(name: string, value: unknown): void
}

interface Kept {
  readonly player: Player
  mounts: number
  leaving: ReturnType<typeof setTimeout> | null
}

const GRACE = 1000 // milliseconds in which a page may put the player back
const kept = new Map<string, Kept>()

/** Shows the player; called again with new data, in the same place or another. Returns what takes it away. */
export default function mount(component: Component): () => void {
  const key = component.data.key ?? "player" // the page's own name for it: Streamlit gives each mount another one
  const found = kept.get(key)
  const entry = found ?? { player: new Player(component.parentElement, component.data, calls(component)), mounts: 0, leaving: null }
  kept.set(key, entry)
  if (entry.leaving) clearTimeout(entry.leaving)
  entry.leaving = null
  if (found) {
    entry.player.moveTo(component.parentElement)
    entry.player.update(component.data, calls(component))
  }
  const mounted = ++entry.mounts
  return () => {
    if (entry.mounts !== mounted) return // a later call took over
    entry.leaving = setTimeout(() => {
      entry.player.destroy()
      kept.delete(key)
    }, GRACE)
  }
}

function calls({ setTriggerValue }: Component): Callbacks {
  return {
    seen: (seen) => setTriggerValue("seen", seen),
    kept: (recording) => setTriggerValue("kept", recording),
    renew: (count) => setTriggerValue("renew", count),
    live: (begun) => setTriggerValue("live", { begun }),
    dials: (pane) => setTriggerValue("dials", pane),
    row: (choice) => setTriggerValue("row", choice),
  }
}
