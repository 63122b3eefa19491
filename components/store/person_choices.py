"""Person choices: what a person chose for all their tabs and days, such as the model that answers live."""

from typing import Literal

from sqlalchemy import select

from components.store.database import Database, dialect_insert
from components.store.tables import choices

ChoiceName = Literal["model"]


class PersonChoices(Database):
    """One choice of a kind for each person; a new one takes the place of the one before."""

    def keep_choice(self, rater: str, name: ChoiceName, value: str) -> None:
        """Keep what a person chose, in place of what they chose before."""
        row = {"value": value, "at": self.clock()}
        with self.writing() as connection:
            insert = dialect_insert(connection)(choices).values(rater=rater, name=name, **row)
            connection.execute(insert.on_conflict_do_update(index_elements=["rater", "name"], set_=row))

    def kept_choice(self, rater: str, name: ChoiceName) -> str:
        """What a person chose last; "" where they chose nothing."""
        c = choices.c
        with self.reading() as connection:
            return connection.scalar(select(c.value).where(c.rater == rater, c.name == name)) or ""
