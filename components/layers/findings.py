"""Findings that bear on several patterns; what bears on one alone stands in its file."""

from components.core.layer import PEOPLE_UNKNOWN, Evidence

EFENDIC_2020 = Evidence(
    "mixed: a slow algorithm was trusted less, a slow person more (7 studies)",
    1928,
    "Efendić 2020",
    "https://doi.org/10.1016/j.obhdp.2020.01.008",
)
GNEWUCH_2018 = Evidence(
    "mixed: a chatbot's delay raised humanness, social presence and satisfaction",
    PEOPLE_UNKNOWN,
    "Gnewuch 2018",
    "https://publikationen.bibliothek.kit.edu/1000089970",
)
LEE_2024 = Evidence(
    "mixed: answers that contradict each other lowered what people thought of the model, and raised "
    "what they understood",
    252,
    "Lee 2024",
    "https://arxiv.org/abs/2405.05581",
)
RAHMANI_2024 = Evidence(
    "an analysis of search data: specific questions help more than generic ones, and short requests most",
    None,
    "Rahmani 2024",
    "https://arxiv.org/abs/2402.01934",
)
TAN_2026 = Evidence(
    "mixed: with first words after 2, 9 or 20 s, the 2 s answers were rated less thoughtful and less "
    "useful, while behaviour stayed the same",
    240,
    "Tan 2026",
    "https://arxiv.org/abs/2604.06183",
)
ZHOU_2025 = Evidence(
    "the speed at which words appear goes together with how human, trustworthy and good an answer seems",
    297,
    "Zhou 2025",
    "https://arxiv.org/abs/2504.20365",
)
