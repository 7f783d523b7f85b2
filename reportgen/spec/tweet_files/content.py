"""What is in a file of tweets: its text, unpacked where it is gzipped, in pieces that fit into the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from gzip import BadGzipFile, GzipFile
from io import BufferedReader, RawIOBase, TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final

from reportgen.regular_files import open_regular
from reportgen.spec.tweet_files.faults import BrokenFileError

LONGEST_LINE: Final = 4_000_000
"""Characters. A page of 500 tweets with all that belongs to them has less; lists in lists take 25 times the memory."""
TOO_LONG: Final = f"is longer than {LONGEST_LINE:,} characters, more than any tweet or page of tweets has"
_GZIP: Final = b"\x1f\x8b"
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 2**16
_BLOCK: Final = 2**17
_BLOWN_UP: Final = 200
"""As many times its size: tweets unpack to ten or twenty times, a file that is made to fill a disk to a thousand."""
_SMALL: Final = 2**24


class PackedError(Exception):
    """A gzip file is cut off or damaged, or unpacks to too much."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file that can be read any number of times. `path` is where it really lies."""

    path: str

    def open(self) -> BinaryIO:
        """The bytes, unpacked. Raises OSError, also where this is a link or no file, and PackedError as it is read."""
        file = open_regular(Path(self.path).parent, [Path(self.path).name])
        packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        return BufferedReader(_Unpacked(file), _BLOCK) if packed else file

    def head(self) -> bytes:
        """The first bytes. Raises BrokenFileError where nothing that is read begins so."""
        try:
            with self.open() as file:
                head = file.read(_HEAD)
        except PackedError as error:
            raise BrokenFileError(1, str(error)) from None
        if head.startswith(_GZIP):
            raise BrokenFileError(1, "there is a gzip file in this gzip file; unpack it once")
        if head.startswith(b"PK\x03\x04"):
            raise BrokenFileError(1, "this is a ZIP file or a workbook; unpack it, or save the table as CSV UTF-8")
        return head

    def end(self, size: int) -> bytes:
        """The last bytes, at most so many. Raises OSError and PackedError."""
        with self.open() as file:
            end = b""
            while block := file.read(_BLOCK):
                end = (end + block)[-size:]
        return end

    def text(self, newline: str | None) -> TextIOWrapper:
        """The characters, without a byte order mark. `newline` is as Python's `open` takes it."""
        return TextIOWrapper(self.open(), encoding="utf-8-sig", newline=newline)

    def lines(self, newline: str | None = None, save_as: str = "UTF-8") -> Iterator[str]:
        """The lines, with their ends. Raises OSError and BrokenFileError, which tells what to save the file as."""
        line = 0
        with self.text(newline) as file:
            readline = file.readline
            try:
                while text := readline(LONGEST_LINE):
                    line += 1
                    if len(text) == LONGEST_LINE:
                        raise BrokenFileError(line, f"this line {TOO_LONG}")
                    yield text
            except UnicodeDecodeError as error:
                raise self.not_utf8(error, save_as) from None
            except PackedError as error:
                raise BrokenFileError(line + 1, str(error)) from None

    def not_utf8(self, error: UnicodeDecodeError, save_as: str = "UTF-8") -> BrokenFileError:
        """The error with its line: the decoder only knows the piece of the file that it was handed."""
        line = 0
        said = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as {save_as}"
        try:
            with self.open() as file:
                while content := file.readline(LONGEST_LINE):
                    line += 1
                    if line == 1 and content.startswith(UTF16):
                        return BrokenFileError(1, f"the file is UTF-16; save it as {save_as}")
                    if not _is_utf8(content):
                        return BrokenFileError(line, said)
        except PackedError as packed:
            return BrokenFileError(line + 1, str(packed))
        return BrokenFileError(1, said)


class _Unpacked(RawIOBase):
    """The bytes in a gzip file of one or more members."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._gzip = GzipFile(fileobj=packed)
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            count = self._gzip.readinto(buffer)
        except EOFError:
            raise PackedError("the gzip file is cut off here; get it again") from None
        except (BadGzipFile, zlib.error) as error:
            raise PackedError(f"the gzip file is damaged here: {error}; get it again") from None
        self._size += count
        if self._size > _SMALL and self._size > _BLOWN_UP * self._packed.tell():
            raise PackedError(
                f"the gzip file unpacks to more than {_BLOWN_UP} times its size, as no file of tweets does; "
                "if it is one, unpack it"
            )
        return count

    def close(self) -> None:
        self._gzip.close()
        self._packed.close()
        super().close()


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
