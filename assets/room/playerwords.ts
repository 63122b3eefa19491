/** Player words: what a player says around an answer, in the words of a room. */
import type { StudyWords } from "../player/page/studyplayer"
import type { RoomWords } from "./roomwords"

export const playerWords = (words: RoomWords): StudyWords => ({
  send: words.tell("play"),
  prompt: words.tell("question"),
  stopped: words.say("stopped"),
  alike: words.say("alike"),
  fixed: words.tell("fixed"),
  further: words.tell("no_further"),
  phrases: words.phrases,
})
