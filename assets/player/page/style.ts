/** Style: how everything in a player looks, in the order in which rules win over each other. */
import controls from "../controls/controls.css"
import acts from "../pieces/acts.css"
import answer from "../pieces/answer.css"
import forms from "../pieces/forms.css"
import grounds from "../pieces/grounds.css"
import marks from "../pieces/marks.css"
import notices from "../pieces/notices.css"
import questions from "../pieces/questions.css"
import sources from "../pieces/sources.css"
import person from "../pieces/person.css"
import waiting from "../pieces/waiting.css"
import worked from "../pieces/worked.css"
import panes from "../stage/panes.css"
import race from "../stage/race.css"
import base from "./base.css"
import calm from "./calm.css"
import forced from "./forced.css"
import narrow from "./narrow.css"
import talk from "./talk.css"
import study from "./study.css"

const pieces = [answer, waiting, worked, notices, forms, questions, grounds, marks, sources, acts, person]

export const style = [base, controls, panes, ...pieces, race, talk, narrow, calm, forced].join("")

/** The style of a participant's trial, which has no controls and no race. */
export const studyStyle = [base, panes, ...pieces, study, calm, forced].join("")
