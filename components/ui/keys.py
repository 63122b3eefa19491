"""Keys: where the key of an endpoint, and the secret that links are signed with, are found: among Streamlit's secrets,
else in a variable.
"""

import os

import streamlit as st

from components.models.endpoint.bound_key import KEY_SECTION, BoundKey, key_from_places
from components.server.access.signing import SECRET_VARIABLE, secret_from_env


def find_key(name: str) -> BoundKey:
    """The key with this name. Explained where there is none; a missing file of secrets is no trouble."""
    try:
        section: object = st.secrets[KEY_SECTION]
    except (KeyError, FileNotFoundError):
        section = None
    return key_from_places(name, section, os.environ)


def find_secret() -> str:
    """The secret that is set for all servers of one database, "" where none is."""
    try:
        return secret_from_env() or str(st.secrets[SECRET_VARIABLE]).strip()
    except (KeyError, FileNotFoundError):
        return ""
