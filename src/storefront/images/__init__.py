"""Pictures: what each source file becomes under media/, and the encoding of it, cached by content.

A source is JPEG, PNG, WebP or GIF, within limits that are judged before it is decoded, and never changed. What is made
of it is upright, in sRGB, without any metadata (cameras write where a picture was taken), cut to the shapes that the
theme asks for around the picture's focal point, and never larger than the source. Names digest the source's bytes, the
recipe and the versions of the encoders, so that equal names are equal bytes.
"""

from storefront.images.encoding import encode, encode_one, missing
from storefront.images.examining import examine
from storefront.images.index import Index
from storefront.images.recipe import Cut, File, Picture, Slot, plan
from storefront.images.sources import Source, Unusable

__all__ = [
    "Cut",
    "File",
    "Index",
    "Picture",
    "Slot",
    "Source",
    "Unusable",
    "encode",
    "encode_one",
    "examine",
    "missing",
    "plan",
]
