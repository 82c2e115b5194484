"""Files as people make them: with their names, days and places in them."""

import io

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

SECRET = "zanzibar"
"""Stands wherever a file may tell of its maker."""


def jpeg(secret: str = SECRET) -> bytes:
    """A small picture with a maker, a place and a comment; on its side, as telephones keep them."""
    exif = Image.Exif()
    exif[0x013B] = secret  # artist
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8825)[29] = secret  # the day of the place
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, "JPEG", exif=exif, comment=secret.encode())
    return written.getvalue()


def png(secret: str = SECRET, size: tuple[int, int] = (40, 20)) -> bytes:
    """A small picture with words beside it."""
    from PIL.PngImagePlugin import PngInfo  # of PNG alone

    told = PngInfo()
    told.add_text("Author", secret)
    written = io.BytesIO()
    Image.new("RGBA", size, "blue").save(written, "PNG", pnginfo=told)
    return written.getvalue()


def _stream(data: bytes, **words: object) -> StreamObject:
    made = StreamObject()
    made._data = data
    for name, value in words.items():
        made[NameObject(f"/{name}")] = value if not isinstance(value, str) else NameObject(value)
    return made


def pdf(secret: str = SECRET, **root: object) -> bytes:
    """A page with a photograph, a note of a reviewer and a link; its maker stands in five places."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": secret, "/Title": secret})
    photo = _stream(jpeg(secret), Type="/XObject", Subtype="/Image", Filter="/DCTDecode")
    seen = DictionaryObject({NameObject("/Im0"): writer._add_object(photo)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): seen})
    square = ArrayObject([FloatObject(n) for n in (0, 0, 9, 9)])
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): square,
            NameObject("/T"): TextStringObject(secret),
            NameObject("/Contents"): TextStringObject(f"{secret} again"),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/X"): TextStringObject(secret)})
    xmp = _stream(f"<x:xmpmeta>{secret}</x:xmpmeta>".encode(), Type="/Metadata", Subtype="/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    writer.root_object[NameObject("/Lang")] = TextStringObject("en-CA")
    for name, value in root.items():
        writer.root_object[NameObject(f"/{name}")] = value  # type: ignore[assignment]
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def running_pdf() -> bytes:
    """One that runs a program when it is opened."""
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('x')"),
        }
    )
    return pdf("", OpenAction=action)


def locked_pdf() -> bytes:
    """One that asks for a password."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf("")))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
