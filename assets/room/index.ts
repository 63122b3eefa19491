/** The page for phones in a room. */
import { RoomPage } from "./page"

void new RoomPage(document.getElementById("room")!).run()
