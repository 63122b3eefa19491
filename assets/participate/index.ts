/** The participant's page. */
import { Page } from "./page"

void new Page(document.getElementById("take")!).run()
