"""Facts about the files that put Parallax on a server."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
BALANCER = (ROOT / "deploy" / "balancer.cfg").read_text("utf-8")


def services(file: str) -> dict[str, Any]:
    """The services of a compose file, by name."""
    found: dict[str, Any] = yaml.safe_load((ROOT / file).read_text("utf-8"))["services"]
    return found


def test_one_person_starts_one_service_and_a_team_two_alike_on_one_database() -> None:
    assert list(services("compose.yaml")) == ["parallax"]
    team = services("compose.team.yaml")
    assert team["one"] == team["two"] and "ports" not in team["one"]
    assert [name for name, service in team.items() if "ports" in service] == ["balancer"]
    assert team["one"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "profiles" in team["model"]


def test_the_balancer_asks_the_servers_by_the_names_that_they_have_there() -> None:
    places = set(re.findall(r'server (\w+) "\$\{PARALLAX_\w+-(\w+):8501\}"', BALANCER))
    assert places == {("one", "one"), ("two", "two")} and {"one", "two"} < services("compose.team.yaml").keys()
    [mount] = services("compose.team.yaml")["balancer"]["volumes"]
    source, target, _ = mount.split(":")
    assert (ROOT / source).is_file() and target == "/usr/local/etc/haproxy/haproxy.cfg"


def test_no_secret_stands_in_the_file_and_each_that_is_missing_is_asked_for() -> None:
    text = (ROOT / "compose.team.yaml").read_text("utf-8")
    for name in ("PARALLAX_SECRET", "PARALLAX_PASSPHRASE", "DATABASE_PASSWORD"):
        assert set(re.findall(rf"\$\{{{name}(..)", text)) == {":?"}
