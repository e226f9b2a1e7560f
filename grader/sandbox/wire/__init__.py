"""The grammar of what passes between the trusted process and a worker: closed, checked before allocation, no pickle.

A frame is a 4-byte length and a payload; a payload is one byte that says what kind of message it is, an 8-byte
nonce, and
a sequence of values. Every value starts with a one-byte tag; an unknown tag, a count that the remaining bytes cannot
hold, or anything beyond the limits below ends the conversation. Decoding costs time and memory linear in the payload,
whatever it holds.

Standard library and numpy only: a worker imports this.
"""

from grader.sandbox.wire._decode import Decoder
from grader.sandbox.wire._encode import Encoder, written
from grader.sandbox.wire._grammar import (
    HEADER,
    MAX_DEPTH,
    MAX_FRAME,
    MAX_FREE_KEYS,
    MAX_INT_BYTES,
    MAX_NAME,
    MAX_NDIM,
    MAX_NODES,
    NONCE_SIZE,
    OBJECTS,
    Callback,
    GeneratorSlot,
    Inert,
    Message,
    Own,
    Token,
    TooLarge,
    WireError,
)

__all__ = [
    "HEADER",
    "MAX_DEPTH",
    "MAX_FRAME",
    "MAX_FREE_KEYS",
    "MAX_INT_BYTES",
    "MAX_NAME",
    "MAX_NDIM",
    "MAX_NODES",
    "NONCE_SIZE",
    "OBJECTS",
    "Callback",
    "Decoder",
    "Encoder",
    "GeneratorSlot",
    "Inert",
    "Message",
    "Own",
    "Token",
    "TooLarge",
    "WireError",
    "written",
]
