"""Keys: where the key of an endpoint is found by its name: among Streamlit's secrets, else in the environment."""

import streamlit as st

from components.models.endpoint.endpoint_keys import key_from_env


def find_key(name: str) -> str:
    """The key with this name. Explained where there is none; a missing file of secrets is no trouble."""
    try:
        return str(st.secrets[name])
    except (KeyError, FileNotFoundError):
        return key_from_env(name)
