"""Keeps pieces of documents that other documents show too."""

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Piece = TypeVar("Piece")


def kept_or_made(kept: dict[Key, Piece], key: Key, most: int, make: Callable[[], Piece]) -> Piece:
    """The piece that is kept by a key, made now if there is none. Where `most` are kept, they are dropped first.

    Threads may use one dictionary: in the worst case a piece is made twice.
    """
    piece = kept.get(key)
    if piece is None:
        piece = make()
        if len(kept) >= most:
            kept.clear()
        kept[key] = piece
    return piece
