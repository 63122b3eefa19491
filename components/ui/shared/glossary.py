"""Glossary: what the words of Parallax mean, written once: told where a term stands, and all together on demand."""

import streamlit as st

LINK_LABEL = "What the words mean"
GLOSSARY = {
    "Prompt": "What a person asks, with the conversation before it.",
    "Model": "Whatever answers: one that runs on this computer, a service behind an address, or a script that somebody "
    "wrote.",
    "Live": "The model is asked now. The answer is recorded while it comes, and can be replayed afterwards.",
    "Recording": "One answer, kept with the moment at which each of its words came. It is replayed in every pane "
    "alike, so that only the experience around it differs; a pane with a model of its own replays that model's.",
    "Scenario": "A question with answers that a person wrote, right ones and wrong ones, and all that patterns show "
    "beside them. It is marked as written wherever it shows to you.",
    "Pattern": "One way to present an answer, such as a badge, a pause or an apology. Patterns are put around an "
    "answer one over the other.",
    "Prototype": "A design: the patterns around an answer, and how they are set.",
    "Pane": "One of up to four places on Compare. Each plays the same answer through its own prototype, or "
    "the answer of a model of its own to the same question.",
    "Dial": "One setting of a pattern, such as how many seconds it waits. A turned dial is played at once.",
    "Weather": "How fast the network and the model are, and whether the answer breaks: what happens to a product "
    "without anybody designing it. On Compare it is the same for every pane.",
    "Instructions": "What the model is told before the question: a role, a tone, what it must not do. Also called "
    "system prompt.",
    "Token": "A word or a piece of one, as the model writes it. 200 tokens are about 150 English words.",
    "Score": "How sure the model was of its words, worked out from their probabilities, or written into a scenario.",
    "Calibration": "What a score is worth: how often answers with such a score turned out to be right. Without it, "
    "“high” only means that the model was sure of its words.",
    "Badge legend": "The line that says what a badge claims and what that rests on, as in “9 of 13 answers marked high "
    "were right: 42 to 87 %”.",
    "Interval": "How far the true value may be from the one that was found. With few people it is wide; 95 of 100 such "
    "intervals hold the true value.",
    "Blind": "While people rate, panes are only letters, and no clock is shown. Names and seconds would sway what they "
    "say.",
    "Race": "What the clock says of each pane: its first sign, its first words and the whole answer, in seconds.",
    "Prompt pack": "A list of prompts to play a prototype over: clean ones, and messy ones as people really type them.",
    "Sweep": "One dial at five values beside each other.",
    "Comparison": "What is on Compare: an answer, and the prototypes that it is played through. It has a name, and "
    "saves itself once something is changed.",
    "Talk": "What people say of a work that they look at together: comments pinned to a second, dots for what they "
    "would take further, and decisions.",
    "Deck": "Scenes that are shown to a room one after the other, with all that they play.",
    "Room": "The people who look at a deck and answer with their phones. It is a demonstration, never a study.",
    "Version": "A state of a work that can be gone back to. Nothing is lost by going back.",
    "Hand-off": "A prototype as a specification and as code, for those who build the product.",
}


def term_meaning(term: str) -> str:
    """What a term means, in a sentence or two, as help where the term stands."""
    return GLOSSARY[term]


def show_link() -> None:
    """The button in the frame of every page that opens the glossary, drawn."""
    with st.container(key="frame-glossary", width="content"):
        asked = st.button(LINK_LABEL, icon=":material/menu_book:", key="glossary", type="tertiary")
    if asked:
        show_glossary()


@st.dialog(LINK_LABEL, width="large")
def show_glossary() -> None:
    """Every term with what it means, drawn."""
    for term, meaning in GLOSSARY.items():
        st.markdown(f"**{term}.** {meaning}")
