"""Pictures that users bring, such as the agency's logo: checked when taken, drawn within their room.

Only PNG and JPEG are read, from bytes, never from a name or an address.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from desktop.errors import UserError

_FORMATS = ("PNG", "JPEG")
_MOST_BYTES, _MOST_PIXELS = 4_000_000, 16_000_000


def check_picture(data: bytes) -> None:
    """Raises UserError unless `data` is a whole PNG or JPEG picture of bearable size."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            if len(data) > _MOST_BYTES or picture.width * picture.height > _MOST_PIXELS:
                raise UserError(
                    "The picture is too large for a letterhead.", "Use one of at most 4 MB and 16 megapixels."
                )
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError("The picture cannot be read.", "Use a PNG or JPEG file.") from error


def fitted_size(data: bytes, length: float, height: float) -> tuple[float, float]:
    """The size at which the picture fits `length` x `height` points, its proportions kept."""
    wide, high = _reader(data).getSize()
    scale = min(length / wide, height / high)
    return wide * scale, high * scale


def draw_picture(canvas: Any, data: bytes, x: float, y: float, size: tuple[float, float]) -> None:
    """Draws a checked picture with its lower left corner at (x, y)."""
    canvas.drawImage(_reader(data), x, y, size[0], size[1], mask="auto")


@lru_cache(maxsize=4)
def _reader(data: bytes) -> Any:
    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        return ImageReader(picture.convert("RGBA" if picture.mode in ("LA", "P", "RGBA") else "RGB"))
