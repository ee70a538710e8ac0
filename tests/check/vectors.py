#!/usr/bin/python3
"""Recomputes every vector of docs/protocol-vectors.json without any code of the workstation.

One line a vector, then `N passed, N failed`; ends with 1 when one failed. With --plant each vector is altered once,
and an alteration that passes is a failure. Not here: vectors for zstd, whose bytes depend on its version.
"""

import copy
import json
import pathlib
import sys

import formats as f

FILE = pathlib.Path(__file__).parents[2] / "docs" / "protocol-vectors.json"


def unhex(text):
    return bytes.fromhex(text)


def key(v):
    public = f.public_key(unhex(v["seed"]))
    return {"public_key": public.hex(), "id": f.sha256(public)[:8].hex()}


def genesis(v):
    return {"hash": f.genesis(v["ws"], unhex(v["public_key"])).hex()}


def line(v):
    hashed = f.follow(unhex(v["previous"]), v["line"].encode())
    return {"hash": hashed.hex(), "hash8": hashed.hex()[:8]}


def reissued(v):
    brought = json.loads(v["line"])
    again = brought["body"]
    was = json.loads(again["line"])
    former = f.follow(unhex(v["former_previous"]), again["line"].encode()).hex()
    if former != again["hash"] or was["seq"] != again["seq"] or was["dossier"] != brought["dossier"]:
        return {"line": "does not fit the line that it brings again"}
    return {
        "hash": f.follow(unhex(v["previous"]), v["line"].encode()).hex(),
        "former_hash": former,
        "happened": was["hlc"],
    }


def canary(v):
    return {"code": f.canary_code(unhex(v["key"]), v["line"].encode())}


def hlc(v):
    return {"next": str(f.next_hlc(int(v["previous"]), int(v["wall_ms"])))}


def batch(v):
    header_line = v["header"].encode()
    header = json.loads(header_line)
    head = unhex(header["prev"])
    for text in v["lines"]:
        head = f.follow(head, text.encode())
    if head.hex() != header["head"] or len(v["lines"]) != header["n"]:
        return {"header": "does not fit the lines"}
    signature = f.sign(unhex(v["seed"]), "batch", f.batch_payload(header_line, head)).hex()
    plain = "\n".join([v["header"], *v["lines"], f.compact({"sig": signature})]) + "\n"
    return {
        "header_sha256": f.sha256(header_line).hex(),
        "head": head.hex(),
        "sig": signature,
        "plain_sha256": f.sha256(plain.encode()).hex(),
    }


def ack(v):
    payload = f.ack_payload(v["ws"], v["next_seq"], unhex(v["head"]), v["server_time"])
    return {"payload": payload.hex(), "countersignature": f.sign(unhex(v["seed"]), "ack", payload).hex()}


def signed(v):
    payload = unhex(v["prefix"]) + f.sha256(v["body"].encode())
    return {"sig": f.sign(unhex(v["seed"]), v["tag"], payload).hex()}


def enrol(v):
    public = f.public_key(unhex(v["seed"]))
    return {"public_key": public.hex(), "proof": f.sign(unhex(v["seed"]), "enrol", v["code"].encode() + public).hex()}


def read(v):
    signature = f.sign(unhex(v["seed"]), "read", f.read_payload(v["method"], v["path"], v["nonce"])).hex()
    header = f'Onedoor ws="{v["ws"]}", nonce="{v["nonce"]}", sig="{signature}"'
    return {"sig": signature, "authorization": header}


def request(v):
    body = v["body"].encode()
    signature = f.sign(unhex(v["seed"]), "request", f.request_payload(v["method"], v["path"], v["at"], body))
    return {"sig": signature.hex(), "header": f.request_header(v["ws"], v["at"], body, signature)}


def published(v):
    payload = f.published_payload(unhex(v["sha256"]), v["size"], v["server_time"])
    return {"payload": payload.hex(), "countersignature": f.sign(unhex(v["seed"]), "blob", payload).hex()}


def chunks(v):
    plain = bytes(i * 31 % 251 for i in range(v["pattern"]))
    size = 256 * 1024
    cut = [plain[at : at + size] for at in range(0, len(plain), size)] or [b""]
    asked = {"sha256": f.sha256(plain).hex(), "size": len(plain), "chunks": [f.sha256(chunk).hex() for chunk in cut]}
    return {"asked": f.compact(asked)}


def page(v):
    lines = "".join(line + "\n" for line in v["lines"]).encode()
    end = {"next": v["next"], "more": v["more"] == 1, "server_time": v["server_time"]}
    end["sig"] = f.sign(unhex(v["seed"]), "feed", f.page_payload(v["ws"], v["after"], end, lines)).hex()
    return {"last_line": f.compact(end), "page_sha256": f.sha256(lines).hex()}


def offer(v):
    payload = f.offer_payload(v["ws"], unhex(v["sha256"]), v["size"], v["cursor"], v["server_time"])
    return {"payload": payload.hex(), "sig": f.sign(unhex(v["seed"]), "snapshot", payload).hex()}


def statement(v):
    by = unhex(v["seed"])
    payload = f.statement_payload(f.public_key(by), unhex(v["next_key"]), v["at"])
    return {"payload": payload.hex(), "sig": f.sign(by, "key", payload).hex()}


def capsule(v):
    seed = unhex(v["seed"])
    body = f.capsule_body(f.public_key(seed), v["fields"])
    signature = f.sign(seed, "capsule", body)
    digits = f.to_digits(body + signature)
    if f.from_digits(digits) != body + signature:
        return {"digits": "do not read back"}
    return {"body": body.hex(), "sig": signature.hex(), "digits": digits}


def keys(v):
    return {label: f.hkdf(unhex(v["master"]), label).hex() for label in ("db", "blob", "name", "canary")}


def slot(v):
    found = v["keys"]["slots"][0]
    share = unhex(v["share"]) if "share" in v else None
    try:
        master = f.open_slot(v["keys"], found, v["secret"], share)
    except f.Wrong as wrong:
        return {"master": str(wrong)}
    return {"slot_key": f.slot_key(v["secret"], found, share).hex(), "master": master.hex()}


def blob_name(v):
    name = f.blob_name(unhex(v["name_key"]), unhex(v["identity"]))
    return {"file": f"blobs/{name[:2]}/{name}"}


def blob(v):
    plain = unhex(v["plain"]) if "plain" in v else bytes(i * 31 % 251 for i in range(v["pattern"]))
    sealed = f.seal_blob(unhex(v["key"]), plain, unhex(v["nonce"]))
    if f.open_blob(unhex(v["key"]), sealed) != plain:
        return {"sealed": "does not open again"}
    result = {"identity": f.sha256(plain).hex(), "sealed_sha256": f.sha256(sealed).hex()}
    if "plain" in v:
        result["sealed"] = sealed.hex()
    return result


KINDS = (key, genesis, line, hlc, batch, ack, signed, enrol, read, capsule, keys, slot, blob_name, blob)
KINDS += (request, published, chunks, page, offer, statement, reissued, canary)
COMPUTE = {kind.__name__: kind for kind in KINDS}


def recompute(vector):
    """None when the vector holds, else what differs."""
    try:
        found = COMPUTE[vector["kind"]](vector)
    except Exception as error:  # an altered vector may be nonsense to any library
        return f"{type(error).__name__}: {error}"
    if found == vector["expect"]:
        return None
    return "; ".join(
        f"{name}: {found.get(name)}, not {vector['expect'].get(name)}"
        for name in sorted({*found, *vector["expect"]})
        if found.get(name) != vector["expect"].get(name)
    )


def alter(value):
    """The same value with its last letter or digit changed."""
    if isinstance(value, int):
        return value + 1
    last = value.rstrip('"}')
    return value[: len(last) - 1] + ("1" if last[-1] != "1" else "2") + value[len(last) :]


def altered(vector):
    """The vector with each expected value altered in turn, and with its input altered."""
    for name, value in vector["expect"].items():
        changed = copy.deepcopy(vector)
        changed["expect"][name] = alter(value)
        yield f"{vector['name']}, expected {name}", changed
    if vector["kind"] == "hlc":
        return  # the later of two clocks: the other one may differ
    for name, value in vector.items():
        if name in ("name", "kind", "says", "expect") or not isinstance(value, (str, int)) or value == "":
            continue
        changed = copy.deepcopy(vector)
        changed[name] = alter(value)
        yield f"{vector['name']}, {name}", changed


def main():
    vectors = json.loads(FILE.read_text("utf-8"))["vectors"]
    passed = failed = 0
    cases = ((v["name"], v, False) for v in vectors)
    if "--plant" in sys.argv[1:]:
        cases = ((name, changed, True) for v in vectors for name, changed in altered(v))
    for name, vector, is_planted in cases:
        wrong = recompute(vector)
        if (wrong is None) == is_planted:
            failed += 1
            print(f"FAILED  {name}: {wrong or 'the planted fault was not noticed'}")
        else:
            passed += 1
            print(f"ok      {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
