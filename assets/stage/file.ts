/** File: the stage in a file of its own, with its deck beside it and no server behind it. */
import type { Deck } from "./deck"
import { Stage } from "./stage"

const deck = JSON.parse(document.getElementById("deck")?.textContent ?? "") as Deck
new Stage(document.getElementById("stage")!, deck, null, deck.id).show()
