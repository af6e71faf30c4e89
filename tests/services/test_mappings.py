"""Describing a file on a real book: drafts, trials, keeping, sharing, and the next import."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import contents
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, edits, exporting, imports, mappings, previews
from desktop.services.mappings import Draft, Layout, Part
from desktop.services.previews import FilePreview

NOW = datetime(2026, 3, 11, 9, 30)
AUTHOR = Author("principal", "2026-03-11T09:30:00")
STAGES = ("Won", "Lost", "Engaging", "Prospecting")


@pytest.fixture
def book(tmp_path: Path, home: Path) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path / "agency.pdesk")
    yield opened
    opened.close()


def write_deals(folder: Path, many: int = 40, name: str = "sales_pipeline.csv") -> Path:
    """A CRM's pipeline, one row per deal; every deal has its first day."""
    chance = random.Random(many)
    rows = ["opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"]
    for at in range(many):
        stage = chance.choice(STAGES)
        closed = f"2026-02-{chance.randrange(1, 28):02}" if stage in {"Won", "Lost"} else ""
        rows.append(
            f"{at:06X}KQ,{chance.choice(('Mara Quist', 'Devon Ashby'))},Auto,Kestrel Roofing,{stage},"
            f"2026-01-{chance.randrange(1, 28):02},{closed},{chance.randrange(100, 900)}"
        )
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def look(book: Book, path: Path) -> FilePreview:
    shown = previews.preview(book, [path], NOW)
    previews.discard(shown)
    return shown.files[0]


def describe(book: Book, path: Path) -> Draft:
    return mappings.open_draft(book, [path], look(book, path))


def answered(draft: Draft) -> Layout:
    """The draft with the one word that no system uses said."""
    part = draft.layout.parts[0]
    said = (("stage", (("Engaging", "contacted"), ("Prospecting", "prospect"))),)
    return replace(draft.layout, name="Pipeline", parts=(replace(part, words=said),))


def test_a_pipeline_of_8800_deals_is_described_kept_and_recognised(book: Book, tmp_path: Path) -> None:
    path = write_deals(tmp_path, 8_800)
    file = look(book, path)
    assert file.profile is None and file.problem is not None
    draft = mappings.open_draft(book, [path], file)
    (part,) = draft.layout.parts
    assert part.table == "leads" and dict(part.columns) == {
        "lead_id": "opportunity_id", "producer": "sales_agent", "line": "product", "business_name": "account",
        "stage": "deal_stage", "received_at": "engage_date", "estimated_premium": "close_value",
    }  # fmt: skip
    before = mappings.try_mapping(book, draft.sample, draft.layout, NOW)
    assert before.more and before.rejected and {one.column for one in before.reasons} == {"deal_stage"}
    layout = answered(draft)
    assert mappings.try_mapping(book, draft.sample, layout, NOW).readable == 2_000
    mappings.save(book, layout, AUTHOR)
    known = look(book, path)
    assert (known.profile, known.title, known.rows, known.rejected) == ("Pipeline", "Pipeline", 8_800, 0)
    assert known.inserted == 8_800


def test_the_command_takes_a_saved_profile_by_name_and_the_same_file_changes_nothing(
    book: Book, tmp_path: Path
) -> None:
    path = write_deals(tmp_path)
    mappings.save(book, answered(describe(book, path)), AUTHOR)
    options = previews.options(book, NOW, profile="Pipeline")
    result = imports.import_files(book, [path], options, AUTHOR, dry_run=False)
    assert (result.files[0].profile, result.files[0].inserted) == ("Pipeline", 40)
    again = imports.import_files(book, [path], previews.options(book, NOW), AUTHOR, dry_run=False)
    assert (again.files[0].inserted, again.files[0].updated, again.files[0].unchanged) == (0, 0, 40)
    run = imports.history(book)[0]
    assert previews.profile_title(run.files[0].profile) == "Pipeline"
    with pytest.raises(UserError, match="Pipeline"):
        previews.options(book, NOW, profile="No such profile")


def test_a_changed_profile_reads_the_same_file_anew(book: Book, tmp_path: Path) -> None:
    path = write_deals(tmp_path)
    mappings.save(book, answered(describe(book, path)), AUTHOR)
    imports.import_files(book, [path], previews.options(book, NOW), AUTHOR, dry_run=False)
    draft = describe(book, path)
    assert draft.saved == "Pipeline" and draft.layout == answered(draft)
    part = draft.layout.parts[0]
    columns = tuple((name, heading) for name, heading in part.columns if name != "line")
    mappings.save(
        book, replace(draft.layout, parts=(replace(part, columns=(*columns, ("note", "product"))),)), AUTHOR, "Pipeline"
    )
    again = imports.import_files(book, [path], previews.options(book, NOW), AUTHOR, dry_run=False)
    assert again.files[0].updated == 40
    assert len(mappings.listed(book)) == 1


def test_a_known_file_is_changed_from_what_it_was_taken_for(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("lead_id,received_at,source\nL1,3/2/2026,Web\n", encoding="utf-8")
    draft = describe(book, path)
    assert draft.saved is None
    assert dict(draft.layout.parts[0].columns) == {
        "lead_id": "lead_id",
        "received_at": "received_at",
        "source": "source",
    }
    mappings.save(book, replace(draft.layout, name="Ours"), AUTHOR)
    assert look(book, path).profile == "Ours"


def test_saving_deleting_and_renaming_are_undone(book: Book, tmp_path: Path) -> None:
    layout = answered(describe(book, write_deals(tmp_path)))
    assert mappings.save(book, layout, AUTHOR).label == "Save profile Pipeline"
    mappings.rename(book, "Pipeline", "Deals of the CRM", AUTHOR)
    assert [one.name for one in mappings.listed(book)] == ["Deals of the CRM"]
    edits.undo(book, AUTHOR)
    assert [one.name for one in mappings.listed(book)] == ["Pipeline"]
    mappings.delete(book, "Pipeline", AUTHOR)
    assert mappings.listed(book) == []
    edits.undo(book, AUTHOR)
    assert [(one.name, one.tables, one.columns) for one in mappings.listed(book)] == [("Pipeline", ("leads",), 7)]
    edits.undo(book, AUTHOR)
    assert mappings.listed(book) == [] and edits.steps(book).undo is None


def test_names_are_one_profile_each(book: Book, tmp_path: Path) -> None:
    layout = answered(describe(book, write_deals(tmp_path)))
    mappings.save(book, layout, AUTHOR)
    for name in ("PIPELINE", "template_leads"):
        with pytest.raises(UserError, match="already"):
            mappings.save(book, replace(layout, name=name), AUTHOR)
    mappings.save(book, replace(layout, name="Pipelines"), AUTHOR, "Pipeline")
    assert [one.name for one in mappings.listed(book)] == ["Pipelines"]
    for act in (mappings.delete, lambda *a: mappings.rename(a[0], a[1], "New", a[2])):
        with pytest.raises(UserError, match="any more"):
            act(book, "Pipeline", AUTHOR)


def test_what_is_still_asked_cannot_be_kept(book: Book, tmp_path: Path) -> None:
    draft = describe(book, write_deals(tmp_path))
    open_part = Part("leads", (("lead_id", "opportunity_id"),))
    for parts in ((open_part,), ()):
        with pytest.raises(UserError, match="Nothing is said"):
            mappings.save(book, replace(draft.layout, parts=parts), AUTHOR)
    assert mappings.listed(book) == []


def test_a_profile_is_shared_as_a_file(book: Book, tmp_path: Path) -> None:
    layout = answered(describe(book, write_deals(tmp_path)))
    mappings.save(book, layout, AUTHOR)
    shared = tmp_path / "pipeline.profile.json"
    mappings.export_to(book, "Pipeline", shared)
    assert not mappings.import_from(book, shared, AUTHOR).changed
    mappings.delete(book, "Pipeline", AUTHOR)
    assert mappings.import_from(book, shared, AUTHOR).label == "Add profile Pipeline"
    mappings.save(book, replace(layout, parts=(replace(layout.parts[0], words=()),)), AUTHOR, "Pipeline")
    mappings.import_from(book, shared, AUTHOR)
    assert [one.name for one in mappings.listed(book)] == ["Pipeline", "Pipeline (2)"]
    for wrong in (b"{}", b"\xff\xfe\x00", b"[1]"):
        shared.write_bytes(wrong)
        with pytest.raises(UserError):
            mappings.import_from(book, shared, AUTHOR)
    with pytest.raises(UserError, match="written"):
        mappings.export_to(book, "Pipeline", tmp_path / "no" / "where.profile.json")


def test_a_profile_that_cannot_be_used_is_listed_and_stops_no_import(book: Book, tmp_path: Path) -> None:
    mappings.save(book, answered(describe(book, write_deals(tmp_path))), AUTHOR)
    book.connection.execute("UPDATE profile SET content='{}'")
    (saved,) = mappings.listed(book)
    assert "no profile" in saved.problem
    assert look(book, write_deals(tmp_path)).profile is None


def test_suggestions_for_another_table_use_the_people_of_the_book(book: Book, tmp_path: Path) -> None:
    people = tmp_path / "producers.csv"
    people.write_text("producer_code,name\nP01,Mara Quist\nP02,Devon Ashby\n", encoding="utf-8")
    imports.import_files(book, [people], previews.options(book, NOW), AUTHOR, dry_run=False)
    assert contents.count(book, "producers") == 2
    path = tmp_path / "odd.csv"
    path.write_text('When,Who did it\n3/2/2026,Mara Quist\n3/3/2026,P02\n3/4/2026,"Quist, Mara"\n', encoding="utf-8")
    draft = describe(book, path)
    assert draft.layout.parts == ()
    found = mappings.suggest(draft.sample, "activities", draft.people)
    assert dict(found.part.columns) == {"producer": "Who did it"}


def test_profiles_travel_with_an_export(book: Book, tmp_path: Path) -> None:
    path = write_deals(tmp_path)
    mappings.save(book, answered(describe(book, path)), AUTHOR)
    imports.import_files(book, [path], previews.options(book, NOW), AUTHOR, dry_run=False)
    written = exporting.export(book, tmp_path / "out")
    assert written[-1] == tmp_path / "out" / "profiles" / "Pipeline.profile.json"
    (tmp_path / "out" / "profiles" / "broken.profile.json").write_text("{}", encoding="utf-8")
    other = books.open_throwaway(tmp_path / "other.pdesk")
    tried = imports.import_files(other, [tmp_path / "out"], previews.options(other, NOW), AUTHOR, dry_run=True)
    assert mappings.listed(other) == [] and all(one.profile for one in tried.files)
    done = imports.import_files(other, [tmp_path / "out"], previews.options(other, NOW), AUTHOR, dry_run=False)
    assert "Add profile Pipeline." in done.notes and any("broken" in note for note in done.notes)
    again = imports.import_files(other, [path], previews.options(other, NOW), AUTHOR, dry_run=False)
    assert (again.files[0].profile, again.files[0].inserted) == ("Pipeline", 0)
    only = imports.import_files(other, [written[-1]], previews.options(other, NOW), AUTHOR, dry_run=False)
    assert only.files == () and only.import_id is None
    other.close()


def test_the_window_takes_profiles_in_with_what_they_came_with(book: Book, tmp_path: Path) -> None:
    mappings.save(book, answered(describe(book, write_deals(tmp_path))), AUTHOR)
    exporting.export(book, tmp_path / "out")
    other = books.open_throwaway(tmp_path / "other.pdesk")
    shown = previews.preview(other, [tmp_path / "out"], NOW)
    assert mappings.listed(other) == []
    previews.apply(other, shown, NOW, {})
    assert [one.name for one in mappings.listed(other)] == ["Pipeline"]
    with pytest.raises(UserError, match="profile"):
        previews.preview(other, [tmp_path / "out" / "profiles" / "Pipeline.profile.json"], NOW)
    other.close()
