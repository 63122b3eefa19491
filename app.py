"""Parallax: the same model, seen from different places. This file is the server and the navigation."""

import streamlit as st

from components.ui.shared import arrival, glossary, hold, jobs_line, notices, sign_out, state, theme

if __name__ == "__main__":  # Streamlit runs this file on each interaction
    theme.apply_theme(panel=bool(state.page_state().open))
    theme.page_navigation().run()
    hold.mount_hold()
    arrival.mount_arrival()
    notices.mount_notices()
    glossary.show_link()
    jobs_line.show()
    sign_out.show_sign_out()
else:  # the server imports it once per process
    from pathlib import Path

    from streamlit.runtime.pages_manager import PagesManager

    from components.server.access.middleware import server_middleware
    from components.server.lifespan import lifespan_with
    from components.server.routes import server_routes
    from components.ui.account_login import account_login
    from components.ui.keys import find_key, find_secret

    PagesManager.uses_pages_directory = False  # else the first visit to a page's own address never runs this file
    index_page = Path(st.__file__).parent / "static" / "index.html"
    app = st.App(
        __file__,
        routes=server_routes(),
        lifespan=lifespan_with(find_key, find_secret),
        middleware=server_middleware(index_page, account_login()),
    )
