"""The county map beside the territory table: coloured by territory or by density, click to see and to assign.

Knows counties that it is given; the grid takes what is assigned.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop import places
from desktop.services.territory_grid import County
from desktop.views import theme
from desktop.views.charts import Region, StateMap
from desktop.views.pages.routing.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_control

_COLOURS = 8


class MapPanel(QWidget):
    """`picked` carries the lines of a county's territory; `assigned` a county's code or a state, and a territory."""

    picked = Signal(object)
    assigned = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._counties: dict[str, County] = {}
        self._territories: list[str] = []
        self._chosen: str | None = None
        self.state = QComboBox()
        self.state.setAccessibleName(say("State on the map"))
        self.state.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.state.setMinimumContentsLength(14)
        self.state.currentIndexChanged.connect(self._on_state_changed)
        self.colour = QComboBox()
        self.colour.setAccessibleName(say("Color of the map"))
        for words, key in ((say("Territory"), "territory"), (say("Leads"), "leads"), (say("Clients"), "clients")):
            self.colour.addItem(words, key)
        self.colour.currentIndexChanged.connect(lambda _: self._paint())
        self.map = StateMap()
        self.map.empty_text = say("No county has a territory yet.")
        self.map.drilled.connect(self._on_drilled)
        head = QHBoxLayout()
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(Label(say("Color by"), "caption", "quiet"))
        head.addWidget(self.colour)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.current().unit(), 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self.map, 1)
        whole.addLayout(self._foot())
        self._tell(None)

    def _foot(self) -> QHBoxLayout:
        self.said = Label("", "caption", "quiet", wrap=True)
        self.territory = QComboBox()
        self.territory.setEditable(True)
        name_control(self.territory, say("Territory for this county or state"))
        self.assign = Button(say("Assign County"), icon="plus")
        self.assign.clicked.connect(self._on_assign_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.territory)
        foot.addWidget(self.assign)
        return foot

    def show_counties(self, counties: Sequence[County], territories: Sequence[str]) -> None:
        """Shows these counties; the state shown stays, at first the one where most lies."""
        self._counties = {one.fips: one for one in counties}
        self._territories = list(territories)
        weight: dict[str, int] = {}
        for one in counties:
            weight[one.state] = weight.get(one.state, 0) + one.leads + one.clients + 5 * bool(one.territory)
        states = sorted(weight, key=lambda code: (-weight[code], code))
        before, asked = self.state.currentData(), self.state.count() > 0
        with QSignalBlocker(self.state):
            self.state.clear()
            for code in states:
                self.state.addItem(places.STATE_NAMES.get(code, code), code)
            self.state.addItem(say("Whole country"), "")
            self.state.setCurrentIndex(max(self.state.findData(before) if asked else 0, 0))
        with QSignalBlocker(self.territory):
            typed = self.territory.currentText()
            self.territory.clear()
            self.territory.addItems(self._territories)
            if typed:
                self.territory.setCurrentText(typed)
        self.map.show_level(counties=True, state=self.state.currentData() or "")
        self._paint()
        self._tell(self._chosen)

    def go_to_zip(self, code: str) -> None:
        """Shows the county of a ZIP, as if it had been clicked."""
        place = places.zip_place(code)
        if place is None:
            return
        at = self.state.findData(place.state)
        self.state.setCurrentIndex(at if at >= 0 else self.state.count() - 1)
        self.map.select_place(place.fips)
        self._tell(place.fips)

    def _paint(self) -> None:
        how = self.colour.currentData()
        regions = []
        for one in self._counties.values():
            if how == "territory" and one.territory in self._territories:
                category: int | None = self._territories.index(one.territory) % _COLOURS
                value = None
            else:
                category, value = None, None if how == "territory" else float(getattr(one, how))
            regions.append(Region(one.fips, value, _sentence(one), one.fips, category))
        self.map.set_regions(regions)
        owned = sum(1 for one in self._counties.values() if one.territory)
        title = say("{} counties have a territory").format(f"{owned:,}") if owned else say("No county has a territory")
        self.map.set_title(title, {
            "territory": say("by the territory of most ZIPs"),
            "leads": say("leads of the last 90 days"),
            "clients": say("clients"),
        }[how])  # fmt: skip

    def _on_state_changed(self, _index: int) -> None:
        self.map.show_level(counties=True, state=self.state.currentData() or "")
        self._tell(None)

    def _on_drilled(self, key: object) -> None:
        fips = str(key)
        self._tell(fips)
        one = self._counties.get(fips)
        if one is not None and one.lines:
            self.picked.emit(one.lines)

    def _tell(self, fips: str | None) -> None:
        self._chosen = fips
        one = self._counties.get(fips or "")
        if fips is None:
            self.said.setText(say("Choose a county to see who has it; give it, or the whole state, to a territory."))
        elif one is None:
            shape = next((shape for shape in places.county_shapes() if shape.fips == fips), None)
            name = fips if shape is None else f"{shape.name}, {shape.state}"
            self.said.setText(say("{}: nobody's; no leads, no clients.").format(name))
        else:
            if one.territory:
                self.territory.setCurrentText(one.territory)
            self.said.setText(f"{one.name}, {one.state}: {_sentence(one)}")
        state = str(self.state.currentData() or "")
        county = say("Assign County")
        self.assign.setText(say("Assign All of {}").format(state) if fips is None and state else county)
        self.assign.setEnabled(bool(fips or state))
        self.territory.setEnabled(bool(fips or state))

    def _on_assign_clicked(self) -> None:
        name = self.territory.currentText().strip()
        area = self._chosen or str(self.state.currentData() or "")
        if area and name:
            self.assigned.emit(area, name)


def _sentence(one: County) -> str:
    leads = say("1 lead") if one.leads == 1 else say("{} leads").format(f"{one.leads:,}")
    clients = say("1 client") if one.clients == 1 else say("{} clients").format(f"{one.clients:,}")
    return say("{whose}; {leads} in 90 days, {clients}").format(
        whose=one.territory or say("nobody's"), leads=leads, clients=clients
    )
