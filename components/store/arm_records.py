"""Arm records: which arms of a study are given to nobody who comes from now on; every change is kept."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, insert, select

from components.store.database import Database
from components.store.tables import arm_states

ArmState = Literal["open", "closed"]
FIND_CHANGES = (
    select(*(arm_states.c[name] for name in ("study", "arm", "state", "at")))
    .where(arm_states.c.study == bindparam("study"))
    .order_by(arm_states.c.number)
)


@dataclass(frozen=True)
class ArmChange:
    """That an arm was taken out of a study for those who come from then on, or put in again, and when (ISO, UTC)."""

    study: str
    arm: str
    state: ArmState
    at: str


class ArmRecords(Database):
    """What arms are given to people who come is a list of changes, of which the last one of an arm counts."""

    def set_arm_state(self, study: str, arm: str, state: ArmState) -> None:
        """Give an arm to nobody more, or to people again; what was set before is kept."""
        with self.writing() as connection:
            connection.execute(insert(arm_states).values(study=study, arm=arm, state=state, at=self.clock()))

    def arm_changes(self, study: str) -> tuple[ArmChange, ...]:
        """Every change of an arm of a study, the first one first."""
        with self.reading() as connection:
            return read_arm_changes(connection, study)


def read_arm_changes(connection: Connection, study: str) -> tuple[ArmChange, ...]:
    """Every change of an arm of a study, the first one first."""
    return tuple(ArmChange(**row) for row in connection.execute(FIND_CHANGES, {"study": study}).mappings())


def closed_arms(changes: tuple[ArmChange, ...]) -> frozenset[str]:
    """The keys of the arms that nobody is given any more."""
    last = {change.arm: change.state for change in changes}
    return frozenset(arm for arm, state in last.items() if state == "closed")
