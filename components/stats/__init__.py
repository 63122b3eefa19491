"""Estimators on data frames: the participant is the unit, whatever is left out is counted, nothing touches a disk."""
