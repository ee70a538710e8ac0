"""The bytes of docs/protocol.md, written a second time.

The checkers share this file with each other and nothing with the workstation: other language, other libraries
(Debian's python3-cryptography, python3-argon2, python3-nacl). Not here: what is checked (vectors.py, check_run.py).
"""

import hashlib
import hmac
import json
import struct
import uuid

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as xchacha_open,
    crypto_aead_xchacha20poly1305_ietf_encrypt as xchacha_seal,
)
from nacl.exceptions import CryptoError

CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + 16
PAGE = 4096
RESERVED = 80  # 16 bytes of IV and 64 of HMAC-SHA512 at the end of each page


class Wrong(Exception):
    """Bytes that are not what they should be."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Chain


def genesis(ws, public_key):
    return sha256(b"onedoor-journal-1", uuid.UUID(ws).bytes, public_key)


def follow(previous, line):
    return sha256(previous, line)


# Signatures


def public_key(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(seed, tag, payload):
    return Ed25519PrivateKey.from_private_bytes(seed).sign(b"onedoor-" + tag.encode() + b"-1" + payload)


def verifies(key, tag, payload, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, b"onedoor-" + tag.encode() + b"-1" + payload)
        return True
    except InvalidSignature:
        return False


def batch_payload(header_line, head):
    return sha256(header_line) + head


def ack_payload(ws, next_seq, head, server_time):
    return uuid.UUID(ws).bytes + struct.pack(">Q", next_seq) + head + server_time.encode()


def read_payload(method, path, nonce):
    return f"{method}|{path}|{nonce}".encode()


def request_payload(method, path, at, body):
    return f"{method}\n{path}\n{at}\n{sha256(body).hex()}".encode()


def request_header(ws, at, body, signature):
    about = f"body={sha256(body).hex()};" if body else ""
    return f"ws={ws};at={at};{about}sig={signature.hex()}"


def published_payload(identity, size, server_time):
    return identity + struct.pack(">Q", size) + server_time.encode()


def page_payload(ws, after, end, page):
    cursor = struct.pack(">QQ", after, end["next"]) + (b"\x01" if end["more"] else b"\x00")
    return uuid.UUID(ws).bytes + cursor + sha256(page) + end["server_time"].encode()


def offer_payload(ws, identity, size, cursor, server_time):
    return uuid.UUID(ws).bytes + identity + struct.pack(">QQ", size, cursor) + server_time.encode()


def statement_payload(by, key, at):
    return by + key + at.encode()


# Capsule on paper


def minutes(text):
    """Minutes since the beginning of 2020, office time, without time zones."""
    from datetime import datetime

    return int((datetime.fromisoformat(text) - datetime(2020, 1, 1)).total_seconds()) // 60


def capsule_body(key, fields):
    body = b"\x01" + sha256(key)[:8]
    for name in ("code", "procedure"):
        text = fields[name].encode("ascii")
        body += bytes([len(text)]) + text
    fee = 0xFFFFFFFF if fields["fee"] is None else fields["fee"]
    body += struct.pack(">III", minutes(fields["received"]), minutes(fields["due"]), fee)
    body += bytes([fields["papers"]]) + struct.pack(">Q", fields["seq"])[2:] + bytes.fromhex(fields["hash"])
    return body


def to_digits(data):
    return str(int.from_bytes(b"\x01" + data, "big"))


def from_digits(digits):
    number = int(digits)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if data[:1] != b"\x01":
        raise Wrong("digits without the leading 1 byte")
    return data[1:]


# Clock


def next_hlc(previous, wall_ms):
    return max(previous + 1, wall_ms << 16)


# Keys


def hkdf(key, label, salt=None):
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"onedoor-1 " + label.encode()).derive(key)


def canary_code(key, line):
    return hmac.new(key, b"onedoor-canary-1" + line, hashlib.sha256).hexdigest()


def share_id(share):
    return HKDF(algorithm=SHA256(), length=8, salt=None, info=b"onedoor-1 share").derive(share).hex()


def slot_key(secret, slot, share=None):
    stretched = hash_secret_raw(
        secret.encode(),
        bytes.fromhex(slot["salt"]),
        time_cost=slot["cost"]["passes"],
        memory_cost=slot["cost"]["memory"],
        parallelism=1,
        hash_len=32,
        type=Type.ID,
        version=0x13,
    )
    return hkdf(stretched, "slot", share if "share" in slot else None)


def slot_bound(store, slot):
    return b"onedoor-slot-1" + uuid.UUID(store).bytes + uuid.UUID(slot["id"]).bytes


def open_slot(keys, slot, secret, share=None):
    if slot.get("share") != (share and share_id(share)):
        raise Wrong("the slot wants another share")
    try:
        return xchacha_open(
            bytes.fromhex(slot["wrapped"]),
            slot_bound(keys["store"], slot),
            bytes.fromhex(slot["nonce"]),
            slot_key(secret, slot, share),
        )
    except CryptoError:
        raise Wrong("the slot does not open") from None


def seal_slot(keys, slot, secret, master, share=None):
    nonce = bytes.fromhex(slot["nonce"])
    return xchacha_seal(master, slot_bound(keys["store"], slot), nonce, slot_key(secret, slot, share))


# Blobs


def blob_name(name_key, identity):
    return hmac.new(name_key, identity, hashlib.sha256).hexdigest()


def chunk_nonce(prefix, position, is_last):
    return prefix + struct.pack(">IB", position, int(is_last))


def seal_blob(key, plain, prefix):
    chunks = [plain[at : at + CHUNK] for at in range(0, len(plain), CHUNK)] or [b""]
    sealed = [
        xchacha_seal(chunk, None, chunk_nonce(prefix, position, position == len(chunks) - 1), key)
        for position, chunk in enumerate(chunks)
    ]
    return b"\x01" + prefix + b"".join(sealed)


def open_blob(key, sealed):
    if sealed[:1] != b"\x01" or len(sealed) < 20 + 16:
        raise Wrong("no blob of layout 1")
    prefix, body = sealed[1:20], sealed[20:]
    chunks = [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]
    plain = b""
    for position, chunk in enumerate(chunks):
        nonce = chunk_nonce(prefix, position, position == len(chunks) - 1)
        try:
            plain += xchacha_open(chunk, None, nonce, key)
        except CryptoError:
            raise Wrong(f"chunk {position} does not open") from None
    return plain


# The database: SQLCipher 4 with a raw key, and SQLite's write-ahead log


def decrypt_page(key, mac_key, number, page):
    start = 16 if number == 1 else 0
    body, iv, mac = page[start : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - 64], page[PAGE - 64 :]
    expected = hmac.new(mac_key, body + iv + struct.pack("<I", number), hashlib.sha512).digest()
    if not hmac.compare_digest(expected, mac):
        raise Wrong(f"page {number} of the database is not what the key wrote")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    plain = decryptor.update(body) + decryptor.finalize()
    return (b"SQLite format 3\0" if number == 1 else b"") + plain + bytes(RESERVED)


def wal_checksum(data, order, state):
    one, two = state
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2]):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def wal_pages(log):
    """Pages of the last committed state in a write-ahead log, still encrypted, and the size of the database then."""
    if len(log) < 32:
        return {}, None
    magic, _, page_size = struct.unpack(">III", log[:12])
    order = ">" if magic & 1 else "<"
    state = wal_checksum(log[:24], order, (0, 0))
    if page_size != PAGE or state != struct.unpack(">II", log[24:32]):
        return {}, None
    committed, waiting, size = {}, {}, None
    for at in range(32, len(log) - 24 - PAGE + 1, 24 + PAGE):
        head, page = log[at : at + 24], log[at + 24 : at + 24 + PAGE]
        number, commit = struct.unpack(">II", head[:8])
        state = wal_checksum(page, order, wal_checksum(head[:8], order, state))
        if head[8:16] != log[16:24] or state != struct.unpack(">II", head[16:24]):
            break
        waiting[number] = page
        if commit:
            committed.update(waiting)
            waiting, size = {}, commit
    return committed, size


def decrypt_database(key, database, log=b""):
    """The plain image of an encrypted database, in memory only."""
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in database[:16]), 2, 32)
    newer, size = wal_pages(log)
    image = bytearray()
    for number in range(1, (size or len(database) // PAGE) + 1):
        page = newer.get(number) or database[(number - 1) * PAGE : number * PAGE]
        image += decrypt_page(key, mac_key, number, page)
    image[18:20] = b"\x01\x01"  # the image has no log beside it
    return bytes(image)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
