"""The style sheet: flat surfaces, hairlines and one accent, made of tokens.

Type and tone of a label are dynamic properties (`kind`, `tone`), so that a switch of scheme or zoom reaches all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

from desktop import paths
from desktop.views.theme.tokens import Tokens


def build(colours: Mapping[str, str], px: Callable[[float], int], tokens: Tokens, dark: bool) -> str:
    """The style sheet for `colours`, with every size through `px`."""
    sizes = {f"p{size}": f"{px(size)}px" for size in (1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 14, 16, 20, 24, 28, 32)}
    kinds = {f"type_{kind}": f"{px(size)}px" for kind, size in tokens.type.items()}
    folder = (paths.resources() / "icons").as_posix()
    pictures = {"icons": folder, "scheme": "dark" if dark else "light"}
    return Template(_SHEET).substitute(colours, **sizes, **kinds, **pictures, radius=f"{px(tokens.radius)}px")


_TEXT = """
QLabel[kind="caption"] { font-size: $type_caption; }
QLabel[kind="section"] { font-size: $type_section; font-weight: 600; }
QLabel[kind="title"] { font-size: $type_title; font-weight: 600; }
QLabel[kind="headline"] { font-size: $type_headline; font-weight: 600; }
QLabel[strong="true"] { font-weight: 600; }
QLabel[tone="quiet"] { color: $quiet; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="near"] { color: $near; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="accent"] { color: $accent; }
QLabel { background: transparent; }
QToolTip { background: $surface; color: $ink; border: 1px solid $hairline; padding: $p4 $p6; }
"""

_BUTTONS = """
QPushButton { background: $surface; border: 1px solid $hairline; border-radius: $radius; padding: $p5 $p12;
  min-height: $p20; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:checked { background: $selection; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: $p4 $p11; }
QPushButton::menu-indicator { image: url("$icons/arrow-down-$scheme.svg"); width: $p12; height: $p12;
  subcontrol-origin: padding; subcontrol-position: center right; right: $p6; }
QPushButton[menu="true"] { padding-right: $p24; }
QPushButton:disabled { color: $disabled; }
QPushButton[role="main"] { background: $accent; color: $accent_ink; border-color: $accent; font-weight: 600; }
QPushButton[role="main"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="main"]:focus { border: 2px solid $ink; }
QPushButton[role="main"]:disabled { background: $track; color: $disabled; border-color: $track; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; }
QToolButton { background: transparent; border: 2px solid transparent; border-radius: $radius; padding: $p4; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
"""

_FIELDS = """
QLineEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox, QTimeEdit, QDateTimeEdit { background: $surface;
  border: 1px solid $hairline; border-radius: $radius; padding: $p4 $p8; min-height: $p20;
  selection-background-color: $accent; selection-color: $accent_ink; }
QPlainTextEdit, QTextEdit { background: $surface; border: 1px solid $hairline; border-radius: $radius; padding: $p4;
  selection-background-color: $accent; selection-color: $accent_ink; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QTimeEdit:focus,
QDateTimeEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QPlainTextEdit:disabled { color: $disabled;
  background: $page; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QDateEdit[invalid="true"], QTimeEdit[invalid="true"],
QPlainTextEdit[invalid="true"] { border: 1px solid $bad; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down { border: none; width: $p24; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow { image: url("$icons/arrow-down-$scheme.svg");
  width: $p14; height: $p14; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QTimeEdit::up-button,
QSpinBox::down-button, QDoubleSpinBox::down-button, QTimeEdit::down-button { border: none; width: $p20; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QTimeEdit::up-arrow { image: url("$icons/arrow-up-$scheme.svg");
  width: $p10; height: $p10; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QTimeEdit::down-arrow { image: url("$icons/arrow-down-$scheme.svg");
  width: $p10; height: $p10; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $hairline; outline: none; padding: $p4;
  selection-background-color: $selection; selection-color: $ink; }
QCheckBox, QRadioButton { spacing: $p8; background: transparent; }
QCheckBox::indicator { width: $p16; height: $p16; border: 1px solid $quiet; border-radius: $p3; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/tick-$scheme.svg"); }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:disabled { border-color: $disabled; }
"""

_TABLES = """
QTableView, QTreeView, QListView { background: $surface; border: 1px solid $hairline; border-radius: $radius;
  gridline-color: $hairline; selection-background-color: $selection; selection-color: $ink; outline: none; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 1px solid $accent; }
QTableView#frozen { border: none; border-radius: 0; border-right: 1px solid $disabled; }
QTableView::item, QListView::item, QTreeView::item { padding: 0 $p8; }
QTableView::item:hover, QListView::item:hover, QTreeView::item:hover { background: $hover; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: $selection; color: $ink; }
QHeaderView { background: $surface; border: none; border-bottom: 1px solid $hairline; }
QHeaderView::section { background: $surface; color: $quiet; border: none;
  padding: $p4 $p11; font-size: $type_caption; font-weight: 600; }
QHeaderView::section:hover { color: $ink; background: $hover; }
QTableCornerButton::section { background: $surface; border: none; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QTabBar::tab { background: transparent; color: $quiet; padding: $p8 $p12; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $ink; }
"""

_FRAMES = """
QFrame[card="true"] { background: $surface; border: 1px solid $hairline; border-radius: $radius; }
QScrollArea { background: transparent; border: none; }
QScrollArea:focus { border: 1px solid $accent; border-radius: $radius; }
QScrollArea > QWidget > QWidget#plain { background: transparent; }
QScrollBar:vertical { background: transparent; width: $p10; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $p10; margin: 0; }
QScrollBar::handle { background: $track; border-radius: $p4; margin: 1px; }
QScrollBar::handle:vertical { min-height: $p32; }
QScrollBar::handle:horizontal { min-width: $p32; }
QScrollBar::handle:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
QMenuBar { background: $surface; border-bottom: 1px solid $hairline; padding: $p2 $p8; }
QMenuBar::item { padding: $p4 $p8; border-radius: $p4; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $hairline; padding: $p4; }
QMenu::item { padding: $p5 $p24 $p5 $p12; border-radius: $p4; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::indicator { width: $p14; height: $p14; left: $p4; }
QMenu::item:checked { font-weight: 600; }
QMenu::separator { height: 1px; background: $hairline; margin: $p4 $p8; }
QProgressBar { background: $track; border: none; border-radius: $p3; min-height: $p6; max-height: $p6; }
QProgressBar::chunk { background: $accent; border-radius: $p3; }
QDialog { background: $page; }
"""

_SHEET = _TEXT + _BUTTONS + _FIELDS + _TABLES + _FRAMES
