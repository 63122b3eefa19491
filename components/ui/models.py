"""Models: what answers when a question is asked live, and how another model is wired in."""

from urllib.parse import urlsplit

import streamlit as st

from components.core.explained import Explained
from components.models import probe
from components.models.endpoint import secret as from_environment
from components.models.probe import Profile
from components.models.source import Settings, Source
from components.models.wire import wired
from components.server.home import home
from components.ui import calibration, state, theme

ENDPOINT, LOCAL = "An endpoint", "On this computer, or a hub"
FIGURES = {"first": ("First token", "s"), "rate": ("Tokens per second", ""), "jitter": ("Jitter", "s"),
           "stall": ("Longest stall", "s")}  # fmt: skip


def show() -> None:
    """The page: the models there are, and the form for one more."""
    home().wiring.secret = secret
    st.title("Models")
    st.caption("What answers when you ask live. Recordings stay as they are, whichever model you choose.")
    card("", "", Source(), Settings())
    for one in state.store().models():
        card(one.id, one.name, one.source, one.settings)
    taken_back()
    add()


def card(id: str, name: str, source: Source, settings: Settings) -> None:
    """One model: what it is, what was measured, and what can be done with it."""
    here = state.state()
    with st.container(key=f"card-{id or 'first'}", border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.subheader(theme.plain(name or home().model_name))
            st.caption(theme.plain(about(id, source, settings)))
        with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            if here.model == id:
                st.badge("In use", icon=":material/check:", color="green")
            else:
                st.button("Use this one", key=f"use-{id}", on_click=use, args=(id,))
            tested = st.button("Test", key=f"test-{id}", icon=":material/network_check:")
            if id:
                st.button("Put away", key=f"away-{id}", on_click=put_away, args=(id,))
        if tested:
            test(id)
        figures(id)
        calibration.show(id)


def about(id: str, source: Source, settings: Settings) -> str:
    """Where a model is and how it answers, in one line."""
    where = {
        "bundled": "Comes with Parallax, runs on this computer", "folder": f"On this computer, {source.where}",
        "hub": f"From a hub, runs on this computer: {source.where}",
        "endpoint": f"{source.model} at {urlsplit(source.where).netloc}",
    }[source.kind if id else "bundled"]  # fmt: skip
    return f"{where} · temperature {settings.temperature:g} · at most {settings.max_tokens} tokens"


def use(id: str) -> None:
    """Ask this one from now on, in this session."""
    here = state.state()
    here.model, here.token = id, ""


def put_away(id: str) -> None:
    """Take a model out of the list; one press brings it back."""
    here = state.state()
    state.store().put_away_model(id)
    here.away_model = id
    if here.model == id:
        use("")


def secret(name: str) -> str:
    """A key by its name, from Streamlit's secrets or the environment. Explained where there is none."""
    try:
        return str(st.secrets[name])
    except (KeyError, FileNotFoundError):
        return from_environment(name)


def taken_back() -> None:
    """The way back for what was just put away."""
    here = state.state()
    if not here.away_model:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Put away. Its recordings stay.")
        if st.button("Undo", key="take-back"):
            state.store().take_back_model(here.away_model)
            here.away_model = ""
            st.rerun()


def test(id: str) -> None:
    """Ask a few times, and keep what was measured. The exact fault is said where one call fails."""
    bar = st.progress(0.0, f"Asking {probe.CALLS} times …")
    try:
        found = probe.profile(
            home().wired(id), lambda done: bar.progress(done / probe.CALLS, f"{done} of {probe.CALLS} answers")
        )
    except Explained as problem:
        theme.show(problem)
        return
    finally:
        bar.empty()
    state.store().keep_finding(id, "profile", found.to_json())


def figures(id: str) -> None:
    """What was measured last, as a figure and its five values."""
    kept = state.store().finding(id, "profile")
    if kept is None:
        return
    made = Profile.from_json(kept)
    for column, (name, (label, unit)) in zip(st.columns(len(FIGURES)), FIGURES.items(), strict=True):
        values = [getattr(call, name) for call in made.calls]
        column.metric(label, f"{made.median(name):.2g} {unit}".strip(), chart_data=values, chart_type="bar")
    for remark in made.remarks:
        st.caption(f":material/lightbulb: {theme.plain(remark)}")


def add() -> None:
    """The form for one more model."""
    st.subheader("Wire another model")
    kind = st.segmented_control("Where it runs", [ENDPOINT, LOCAL], default=ENDPOINT, key="wire-kind") or ENDPOINT
    with st.container(key="card-wire", border=True):
        source = endpoint() if kind == ENDPOINT else local()
        name = st.text_input("Name", key="wire-name", max_chars=60, placeholder="What you will call it")
        with st.expander("How it answers"):
            settings = answering()
        if st.button("Test and wire", type="primary", key="wire-go"):
            wire(source, settings, name)


def endpoint() -> Source:
    """Any server that speaks chat completions."""
    where = st.text_input("Address", key="wire-where", placeholder="http://localhost:8000/v1")
    key = st.text_input(
        "Name of its key", key="wire-key", placeholder="PARALLAX_KEY_…, or nothing where none is needed",
        help="The name of an environment variable or Streamlit secret. The key itself is never kept or shown.",
    )  # fmt: skip
    known: tuple[str, ...] = ()
    if where.strip():
        try:
            known = offered(where.strip(), key.strip())
        except Explained as problem:
            theme.show(problem)
    model = st.selectbox(
        "Model", known, None, accept_new_options=True, key="wire-model", placeholder="Choose, or type its name"
    )
    return Source("endpoint", where.strip(), model or "", key.strip())


@st.cache_data(ttl=30, show_spinner="Looking which models it offers …")
def offered(where: str, key: str) -> tuple[str, ...]:
    """What an endpoint offers, asked at most twice a minute."""
    return probe.offered(Source("endpoint", where, key=key), secret)


def local() -> Source:
    """A folder of weights, or the name of a model on a hub."""
    where = st.text_input("Folder or name", key="wire-local", placeholder="~/models/mine, or organisation/name").strip()
    return Source("folder" if where.startswith(("/", "~", ".")) else "hub", where)


def answering() -> Settings:
    """The settings of the form. Explained by the form itself where they do not fit."""
    left, right = st.columns(2)
    temperature = left.slider("Temperature", 0.0, 2.0, 0.2, 0.1, key="wire-temperature")
    longest = right.number_input("Longest answer (tokens)", 1, 100_000, 200, key="wire-longest")
    seed = left.number_input("Seed", value=None, step=1, key="wire-seed", placeholder="None")
    stop = right.text_input("Stop before these words, between commas", key="wire-stop")
    system = st.text_area("What it is told beforehand", key="wire-system", max_chars=4000, height=80)
    words = tuple(word.strip() for word in stop.split(",") if word.strip())
    return Settings(temperature=temperature, max_tokens=int(longest), system=system.strip(), seed=seed, stop=words[:4])


def wire(source: Source, settings: Settings, name: str) -> None:
    """Test the model; keep it and use it where it answers."""
    try:
        if not source.where or (source.kind == "endpoint" and not source.model):
            raise Explained("The address or the model is missing.", "What you typed stays here.", "Fill both in.")
        model = wired(source, settings, secret)
        try:
            with st.spinner("Asking it five times …"):
                found = probe.profile(model)
        finally:
            model.close()
        id = state.store().keep_model(source, settings, name.strip() or source.model or source.where)
        state.store().keep_finding(id, "profile", found.to_json())
    except Explained as problem:
        theme.show(problem)
        return
    use(id)
    st.rerun()
