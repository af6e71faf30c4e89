"""Where places are: the ZIP table and the outlines of states and counties, the only home of both.

Knows resources/places and nothing of books, leads or windows.
"""

from desktop.places.areas import NamedArea, county_label, read_area
from desktop.places.shapes import HEIGHT, WIDTH, Shape, county_shapes, state_shapes
from desktop.places.states import FIPS_OF_STATE, STATE_NAMES, STATE_OF_FIPS
from desktop.places.zips import Place, known_zips, table_date, zip_place, zips_of_county, zips_of_state

ATTRIBUTION = "ZIP data: GeoNames (CC BY 4.0). Boundaries: US Census Bureau, by way of US Atlas (ISC)."

__all__ = [
    "ATTRIBUTION",
    "FIPS_OF_STATE",
    "HEIGHT",
    "STATE_NAMES",
    "STATE_OF_FIPS",
    "WIDTH",
    "NamedArea",
    "Place",
    "Shape",
    "county_label",
    "county_shapes",
    "known_zips",
    "read_area",
    "state_shapes",
    "table_date",
    "zip_place",
    "zips_of_county",
    "zips_of_state",
]
