"""Writes a PNG picture anew: its pixels remain, and nothing else that a file of that kind can carry."""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Samples of a pixel by colour type, and the bits that a sample may have.
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
MAX_PIXELS = 16_000_000


def rewritten(data: bytes) -> bytes | None:
    """The picture as a new file, or None where it is none, is interlaced, or has more than 16 million pixels."""
    try:
        return _rewritten(data)
    except (zlib.error, struct.error, ValueError, KeyError):
        return None


def _rewritten(data: bytes) -> bytes:
    if not data.startswith(_SIGNATURE):
        raise ValueError("no signature")
    place = len(_SIGNATURE)
    header = palette = transparency = b""
    pixels = []
    while place + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, place)
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        if len(body) != size:
            raise ValueError("cut short")
        place += 12 + size
        if kind == b"IHDR":
            header = body
        elif kind == b"PLTE":
            palette = body
        elif kind == b"tRNS":
            transparency = body
        elif kind == b"IDAT":
            pixels.append(body)
        elif kind == b"IEND":
            break
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if not 0 < width * height <= MAX_PIXELS or depth not in _DEPTHS[colour] or interlaced:
        raise ValueError("a kind of picture that is not shown")
    line = 1 + (width * _SAMPLES[colour] * depth + 7) // 8
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(b"".join(pixels), line * height + 1)
    if len(plain) != line * height or any(plain[start] > 4 for start in range(0, len(plain), line)):
        raise ValueError("not the pixels that the header tells of")
    if colour == 3 and not (0 < len(palette) <= 768 and len(palette) % 3 == 0):
        raise ValueError("no palette")
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))]
    if colour == 3:
        chunks.append((b"PLTE", palette))
        if 0 < len(transparency) <= len(palette) // 3:
            chunks.append((b"tRNS", transparency))
    chunks += [(b"IDAT", zlib.compress(plain, 6)), (b"IEND", b"")]
    return _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)
