"""What the list of pages says is what the pages say themselves."""

from __future__ import annotations

from tests.views.pages.conftest import Stage


def test_the_list_knows_the_pages(stage: Stage) -> None:
    for key in stage.window.page_keys:
        page = stage.window.page(key)
        entry = stage.window.entry(key)
        assert (page.key, page.title, page.group, page.icon_name) == (
            entry.key,
            entry.title,
            entry.group,
            entry.icon_name,
        )


def test_a_page_is_made_when_it_is_opened(stage: Stage) -> None:
    before = stage.window.stack.count()
    stage.window.show_page("coverage")
    assert stage.window.stack.count() == before + 1
    stage.window.show_page("coverage")
    assert stage.window.stack.count() == before + 1
