/** The player as one module: its parts mounted by Streamlit, or made with `createPlayer` anywhere else. */
export { catalogue, player, sheet } from "./mount"
export { createPlayer, Player } from "./player"
export type * from "./protocol"
