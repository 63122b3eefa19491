"""An answer is judged as a person would judge it."""

import pytest

from components.prompts.answer_judging import is_right_answer
from components.prompts.packs import Question, load_questions

ITALY = Question("i", "What is the capital of Italy?", ("Rome", "Roma"))
AUSTRALIA = Question("a", "What is the capital of Australia?", ("Canberra",), ("Sydney", "Melbourne"))
LEGS = Question("l", "How many legs does a spider have?", ("8",))
LEAP = Question("y", "How many days are in a leap year?", ("366",), ("365",))
METRES = Question("m", "How many metres are in a kilometre?", ("1000", "1,000"))
LETTER = Question("f", "What is the first letter of the alphabet?", ("A",))
HOURS = Question("h", "How many hours are in a day?", ("24",))
TIMES = Question("t", "What is 6 times 7?", ("42",))
STRINGS = Question("s", "How many strings does a guitar normally have?", ("6",))
WAR = Question("w", "In which year did the Second World War end?", ("1945",))
FREEZES = Question("z", "At how many degrees Celsius does water freeze?", ("0",))
ANIMAL = Question("n", "Is a dolphin a fish?", ("no", "mammal", "mammals"), ("yes",))
BRASILIA = Question("b", "What is the capital of Brazil?", ("Brasilia",), ("Rio de Janeiro",))
PEAK = Question("p", "What is the highest mountain in South America?", ("Aconcagua",))
GIANT = Question("g", "Which is the largest lake in Africa?", ("Victoria",), ("Lake Victoria Falls",))
PRIME = Question("o", "What is the smallest odd prime number?", ("3",))
PAWS = Question("q", "How many toes does a cat have?", ("18",))
EASTER = Question("e", "In which month is Oktoberfest in full swing?", ("September",))
POET = Question("r", "Who wrote the Odyssey?", ("Homer",))
PILOT = Question("u", "Who was the first woman to cross the Atlantic alone by plane?", ("Earhart",))
LITRE = Question("k", "How many centilitres are in a litre?", ("100",))
GRAMS = Question("j", "How many grams are in a kilogram?", ("1000", "1,000"))
CHARGE = Question("c", "What is the unit of electric charge?", ("coulomb", "coulombs"))
WATCH = Question("v", "What instrument shows the time of day?", ("clock",))
BONE = Question("x", "What is the smallest bone in the human body?", ("stapes",))
FUEL = Question("w", "Which gas do plants give off?", ("oxygen",), ("oxygen difluoride",))
MAMMAL = Question("d", "Is a dolphin a fish or a mammal?", ("mammal",), ("is a fish",))

JUDGED = [
    (ITALY, "The capital of Italy is Rome.", True),
    (ITALY, "Rome", True),
    (ITALY, "**ROMA**!", True),
    (ITALY, "_Rome_", True),
    (ITALY, "__It is Rome.__", True),
    (ITALY, "The capital of Italy is Milan.", False),
    (ITALY, "The capital of Italy is not Rome.", False),
    (ITALY, "It isn't Rome, it is Milan.", False),
    (ITALY, "Romeo lived there.", False),
    (MAMMAL, "They are mammals.", True),
    (ITALY, "", False),
    (ITALY, "Italy is a country. It is in Europe. Its capital is Rome.", False),
    (ITALY, "Italy is a country in Europe. Its capital is Rome. It is old.", True),
    (AUSTRALIA, "The capital of Australia is Canberra, not Sydney.", True),
    (AUSTRALIA, "The capital of Australia is Sydney. Canberra is a city.", False),
    (AUSTRALIA, "Canberra is the capital, though Sydney is the largest city.", True),
    (LEGS, "A spider has eight legs.", True),
    (LEGS, "A spider has 8 legs.", True),
    (LEGS, "Spiders have 18 legs.", False),
    (LEGS, "A spider has six legs.", False),
    (LEAP, "A leap year has 366 days instead of 365.", True),
    (LEAP, "There are 365 days in a year, 366 in a leap year.", False),
    (METRES, "There are 1,000 metres in a kilometre.", True),
    (METRES, "1000 m", True),
    (METRES, "There are 100 metres in a kilometre.", False),
    (LETTER, "The first letter of the alphabet is A.", True),
    (LETTER, 'It is "A".', True),
    (LETTER, "A letter is a sign.", False),
    (BRASILIA, "The capital of Brazil is Brasília.", True),
    (BRASILIA, "Rio de Janeiro", False),
    (AUSTRALIA, "Not only is Canberra the capital, it is also a planned city.", True),
    (AUSTRALIA, "That isn't Sydney.\n\nIt is Canberra.", True),
    (HOURS, "There are twenty-four hours in a day.", True),
    (HOURS, "A day has Twenty four hours.", True),
    (HOURS, "A day is 86400 seconds, which is 24 hours.", False),
    (HOURS, "Twelve hours, and 24 with the night.", False),
    (TIMES, "6 times 7 is 42.", True),
    (TIMES, "Six times seven equals forty-two!", True),
    (TIMES, "To find 6 times 7, add 7 six times: 42.", True),
    (TIMES, "6 × 7 = 36. No, 42.", False),
    (STRINGS, "It has one neck and 6 strings.", True),
    (STRINGS, "It weighs 98.6 grams.", False),
    (STRINGS, "A guitar has 6.5 strings.", False),
    (STRINGS, "Normally it has 6.0 strings.", True),
    (WAR, "It ended on 2 September 1945.", True),
    (WAR, "After 6 years, in 1945.", True),
    (WAR, "It began in 1939 and ended in 1945.", False),
    (FREEZES, "Water freezes at 32°F, which is 0°C.", True),
    (FREEZES, "At 0 degrees Celsius (32 degrees Fahrenheit).", True),
    (FREEZES, "Water freezes at 32 degrees Celsius, or 0.", False),
    (ANIMAL, "No, dolphins are mammals.", True),
    (ANIMAL, "Dolphins are mammals.", True),
    (ANIMAL, "Yes, it is a mammal.", False),
    (MAMMAL, "A dolphin is a marine mammal.", True),
    (MAMMAL, "A dolphin is a fish, not a mammal.", False),
    (PEAK, "It is Aconcagua. However, the highest mountain in South America is Chimborazo.", False),
    (PEAK, "It is Aconcagua. However, there are many other high mountains in South America.", True),
    (PEAK, "It is Aconcagua. It is the highest mountain in South America because of its height.", True),
    (PEAK, "Aconcagua, but it's not the only one.", False),
    (PEAK, "Aconcagua, but it's not the easiest one to climb.", True),
    (GIANT, "Lake Victoria is the largest lake in Africa, but it is actually Lake Tanganyika.", False),
    (GIANT, "The largest lake is Lake Tanganyika, but it is actually Victoria.", True),
    (GIANT, "Lake Victoria Falls is the largest lake.", False),
    (PRIME, "The smallest odd prime is 3, but it is not necessarily the smallest.", False),
    (PAWS, "The answer is 18. A cat typically has 20 toes.", False),
    (PAWS, "The answer is 18. A cat uses its toes, and 4 paws, to climb.", True),
    (PAWS, "The answer is 18. A dog has 20 toes.", True),
    (EASTER, "In September. Oktoberfest is in full swing in the month of October.", False),
    (POET, "The Odyssey by Homer is a poem.", True),
    (POET, 'The poem by Homer is "The Odyssey" by James Joyce.', False),
    (POET, "It was Homer. However, the poem was actually written by his daughter.", False),
    (POET, "It was Homer, and not Homer alone.", False),
    (PILOT, "There is no person who crossed it alone. One notable person is Amelia Earhart.", False),
    (PILOT, "Amelia Earhart. No woman had done it before.", True),
    (LITRE, "A litre is 100 cubic centimetres.", False),
    (LITRE, "A litre is 100 centilitres.", True),
    (GRAMS, "100 grams is equal to 1000 grams.", False),
    (GRAMS, "There are 1000 grams, not 100 grams, in a kilogram.", True),
    (CHARGE, "It is measured in joules per coulomb.", False),
    (CHARGE, "The unit is the coulomb.", True),
    (WATCH, "It is a sundial that uses a clock.", False),
    (WATCH, "It is a clock-like device.", False),
    (WATCH, "One uses a clock.", True),
    (BONE, "The stapes. However, it's the anvil that is the smallest, and not the stapes itself.", False),
    (FUEL, "It is oxygen difluoride.", False),
    (FUEL, "They give off oxygen. However, it is actually oxygen difluoride that they make.", False),
]


@pytest.mark.parametrize(("question", "said", "verdict"), JUDGED, ids=[f"row {n}" for n in range(len(JUDGED))])
def test_an_answer_is_judged_as_a_person_would(question: Question, said: str, verdict: bool) -> None:
    assert is_right_answer(question, said) is verdict


@pytest.mark.parametrize("question", load_questions(), ids=lambda one: one.id)
def test_every_listed_form_is_judged_as_listed(question: Question) -> None:
    assert all(
        is_right_answer(question, form) and is_right_answer(question, f"The answer is {form}.")
        for form in question.answers
    )
    assert not any(is_right_answer(question, form) for form in question.wrong)
    assert not is_right_answer(question, question.text)
