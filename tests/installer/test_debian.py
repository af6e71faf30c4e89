"""System libraries: which are missing, how they are installed, what is said where that is not allowed."""

from __future__ import annotations

import re

import pytest

from installer import debian


def test_only_installed_packages_count() -> None:
    listing = "ii  libegl1\nrc  libgl1\nun  xvfb\nii  dbus\n"
    assert debian.installed_packages(listing) == {"libegl1", "dbus"}
    assert debian.installed_packages("") == set()


def test_missing_packages_keep_their_order() -> None:
    assert debian.missing_packages(["xvfb", "libgl1", "dbus"], {"libgl1"}) == ["xvfb", "dbus"]


def test_renamed_library_counts_as_present() -> None:
    assert debian.missing_packages(["libglib2.0-0"], {"libglib2.0-0t64"}) == []


def test_apt_asks_no_questions() -> None:
    update, install = debian.apt_commands(["xvfb", "dbus"], ["sudo", "-n"])
    assert update[:4] == install[:4] == ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    assert install[-2:] == ["xvfb", "dbus"]
    assert {"-y", "--no-install-recommends"} <= set(install)


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "query_missing", lambda _wanted: ["xvfb", "dbus"])


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The verbs of apt-get that would have run; updating fails, installing succeeds."""
    verbs: list[str] = []

    def record(command: list[str], environment: object = None) -> int:
        verb = command[command.index("apt-get") + 1]
        verbs.append(verb)
        return 1 if verb == "update" else 0

    monkeypatch.setattr(debian, "call", record)
    return verbs


@pytest.mark.usefixtures("lacking")
def test_a_dead_package_source_does_not_stop_the_others(called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "apt_prefix", list)
    debian.install_system(["xvfb", "dbus"], needed=True)
    assert called == ["update", "install"]


@pytest.mark.usefixtures("lacking")
def test_without_rights_the_line_to_run_is_said(called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "apt_prefix", lambda: None)
    with pytest.raises(debian.SetupError, match=re.escape(debian.apt_line(["xvfb", "dbus"]))):
        debian.install_system(["xvfb", "dbus"], needed=True)
    assert called == []


@pytest.mark.usefixtures("lacking")
def test_without_rights_unneeded_packages_stop_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(debian, "apt_prefix", lambda: None)
    debian.install_system(["xvfb", "dbus"], needed=False)
    assert debian.apt_line(["xvfb", "dbus"]) in capsys.readouterr().out


def test_elsewhere_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.platform, "system", lambda: "Darwin")
    assert debian.query_missing(debian.WINDOW_PACKAGES) == []
