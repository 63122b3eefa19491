"""Sign out: who is signed in with an account, and the button that ends it."""

import streamlit as st

from components.ui.shared import theme


def show_sign_out() -> None:
    """Who is signed in with an account, and the button that signs them out, drawn; nothing where nobody is."""
    account = st.user.to_dict()
    if account.get("is_logged_in") is not True:
        return
    name = account.get("email") or account.get("name") or "an account"
    with st.container(key="frame-account", horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        st.caption(f"Signed in as {theme.inert_label(str(name))}", width="content")
        st.button("Sign out", key="sign-out", type="tertiary", on_click=st.logout)
