/** The player as one module: its parts mounted by Streamlit, or made with `createPlayer` anywhere else. */
export { answers, below, catalogue, check, home, player, sheet } from "./page/mount"
export { createPlayer, Player } from "./page/player"
export type * from "./events"
export type * from "./protocol"
