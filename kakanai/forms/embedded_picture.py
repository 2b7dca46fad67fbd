"""A picture as a finished PDF has it."""

from dataclasses import dataclass

from pypdf.generic import StreamObject


@dataclass(frozen=True, repr=False)
class EmbeddedPicture:
    """An image XObject (PDF 32000-1 §8.9.5, given)."""

    stream: StreamObject

    def shows(self, width: int, height: int, grey: bytes) -> bool:
        """Whether it has just these grey pixels, a byte each, with white left out or not."""
        told = self.stream
        size = (told.get("/Width"), told.get("/Height"), told.get("/BitsPerComponent"))
        plain = told.get("/ColorSpace") == "/DeviceGray" and not {"/Decode", "/SMask", "/ImageMask"} & set(
            told
        )
        white = told.get("/Mask", [255, 255]) == [255, 255]
        return plain and white and size == (width, height, 8) and told.get_data() == grey
