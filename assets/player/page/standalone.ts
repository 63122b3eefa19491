/** Standalone: the player in a file of its own, with its data beside it and no server behind it. */
import { createPlayer } from "./player"
import type { PlayerData } from "../protocol"

const data = document.getElementById("parallax")?.textContent ?? ""
createPlayer(document.getElementById("player")!, JSON.parse(data) as PlayerData)
