/** The player as one module: mounted by Streamlit, or made with `createPlayer` anywhere else. */
export { default } from "./mount"
export { createPlayer, Player } from "./player"
export type * from "./protocol"
