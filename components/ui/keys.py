"""Keys: where the key of an endpoint is found by its name: in one section of Streamlit's secrets, else a variable."""

import os

import streamlit as st

from components.models.endpoint.bound_key import KEY_SECTION, BoundKey, key_from_places


def find_key(name: str) -> BoundKey:
    """The key with this name. Explained where there is none; a missing file of secrets is no trouble."""
    try:
        section: object = st.secrets[KEY_SECTION]
    except (KeyError, FileNotFoundError):
        section = None
    return key_from_places(name, section, os.environ)
