"""Outlines of states and counties as painter paths, made once each, and where their names go.

Knows the places and no figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from desktop import places
from desktop.places import Shape

# too small to be hit on the map: each gets a box in the Atlantic
BOXED = ("VT", "NH", "MA", "RI", "CT", "NJ", "DE", "MD", "DC")


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape on the plane of the places; `spot` is about the middle of its largest piece."""

    code: str
    name: str
    path: QPainterPath
    spot: QPointF


@cache
def states() -> tuple[Outline, ...]:
    """The states by name; the code is the postal one."""
    made = [_outline(shape.state, shape.name, shape) for shape in places.state_shapes()]
    return tuple(sorted(made, key=lambda one: one.name))


@cache
def counties(state: str = "") -> tuple[Outline, ...]:
    """The counties, of one state or of all, by state and name; the code is the FIPS one."""
    shapes = [shape for shape in places.county_shapes() if state in ("", shape.state)]
    made = [_outline(shape.fips, f"{shape.name}, {shape.state}", shape) for shape in shapes]
    return tuple(sorted(made, key=lambda one: (one.name[-2:], one.name)))


def bounds(outlines: tuple[Outline, ...]) -> QRectF:
    """The rectangle around all of them."""
    whole = QRectF()
    for one in outlines:
        whole = whole.united(one.path.boundingRect())
    return whole


def _outline(code: str, name: str, shape: Shape) -> Outline:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in shape.rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
    return Outline(code, name, path, _middle(shape))


def _middle(shape: Shape) -> QPointF:
    """The centre of gravity of the ring with the largest area."""
    best, most = QPointF(*shape.rings[0][0]), 0.0
    for ring in shape.rings:
        area = x_sum = y_sum = 0.0
        for (x0, y0), (x1, y1) in pairwise(ring):
            cross = x0 * y1 - x1 * y0
            area += cross
            x_sum += (x0 + x1) * cross
            y_sum += (y0 + y1) * cross
        if abs(area) > most:
            most = abs(area)
            best = QPointF(x_sum / (3 * area), y_sum / (3 * area))
    return best
