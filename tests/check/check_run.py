#!/usr/bin/python3
"""Checks what `./x run` left, by other means than the workstation's: the paper's text, the store's files, the centre.

Reads the receipt with pdftotext, opens keys.json with the password and the database with the key in it, walks the
whole chain from its genesis, compares the stored PDF byte by byte, and asks the centre what it has. Writes a report
and ends with 0 only if everything holds. Not here: the formats themselves (formats.py).
"""

import argparse
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import unicodedata
import urllib.error
import urllib.parse
import urllib.request

import formats as f

WHEN = r"(\d+) giờ (\d+) phút, ngày (\d+) tháng (\d+) năm (\d+)"
PAGE = 500


class Problem(Exception):
    """Something that makes further questions useless."""


def read_paper(pdf):
    """What anybody can read on the receipt."""
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=False)
    if done.returncode != 0:
        raise Problem(f"pdftotext can't read the receipt: {done.stderr.decode(errors='replace').strip()}")
    text = " ".join(unicodedata.normalize("NFC", done.stdout.decode()).split())
    code = re.search(r"Mã hồ sơ: (\S+)", text)
    due = re.search(rf"Thời gian trả kết quả giải quyết hồ sơ: {WHEN}", text)
    printed_hash = re.search(r"\S+ · ([0-9a-f]{8})\b", text)
    missing = [
        name for name, found in (("code", code), ("due time", due), ("hash", printed_hash)) if found is None
    ]
    if missing:
        raise Problem(f"the receipt does not say: {', '.join(missing)}")
    hour, minute, day, month, year = map(int, due.groups())
    return {
        "code": code[1],
        "due": f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}",
        "hash8": printed_hash[1],
    }


def open_keys(data, password, clerk):
    keys = json.loads((data / "keys.json").read_text("utf-8"))
    slots = [s for s in keys["slots"] if s["kind"] != "paper" and clerk in (None, s["id"])]
    for slot in slots:
        try:
            return keys["store"], f.open_slot(keys, slot, password)
        except f.Wrong:
            continue
    raise Problem("the password opens no slot of keys.json")


def open_database(data, master):
    """The whole database, decrypted in memory: nothing in the clear on disk."""
    path = data / "onedoor.db"
    log = data / "onedoor.db-wal"
    image = f.decrypt_database(
        f.hkdf(master, "db"), path.read_bytes(), log.read_bytes() if log.exists() else b""
    )
    connection = sqlite3.connect(":memory:")
    connection.deserialize(image)
    return connection


class Store:
    """The workstation's files, as somebody with the password finds them."""

    def __init__(self, data, password, clerk):
        self.data = data
        store, self.master = open_keys(data, password, clerk)
        self.db = open_database(data, self.master)
        [(found,)] = self.db.execute("select value from meta where name = 'store'")
        if found.hex() != store.replace("-", ""):
            raise Problem("database and keys.json belong to different stores")
        [(seed, enrolment)] = self.db.execute("select seed, enrolment from workstation")
        if enrolment is None:
            raise Problem("the workstation has joined no office")
        self.enrolment = json.loads(enrolment)
        self.ws = self.enrolment["ws"]
        self.public_key = f.public_key(seed)
        self.lines = self.db.execute("select seq, line, hash from journal order by seq").fetchall()

    def chain(self):
        """None when every hash follows from the one before, from workstation and key to the head; else where not."""
        expected = f.genesis(self.ws, self.public_key)
        for number, (seq, line, stored) in enumerate(self.lines, 1):
            expected = f.follow(expected, line)
            if seq != number or json.loads(line)["seq"] != number or stored != expected:
                return f"the chain breaks at line {number}"
        if self.db.execute("select seq, hash from head").fetchall() != [(len(self.lines), expected)]:
            return "the head is not the end of the chain"
        return None

    def first(self, kind, **wanted):
        """Number, hash and body of the first line of a kind whose body has these values."""
        for seq, line, stored in self.lines:
            read = json.loads(line)
            if read["t"] == kind and all(read["body"].get(name) == value for name, value in wanted.items()):
                return seq, stored, read["body"]
        return None

    def blob(self, identity):
        name = f.blob_name(f.hkdf(self.master, "name"), identity)
        path = self.data / "blobs" / name[:2] / name
        if not path.exists():
            raise f.Wrong("the blob is not there")
        return f.open_blob(f.hkdf(self.master, "blob"), path.read_bytes())


def check_stored(store, paper, pdf, problems):
    """Whether the filing of the paper lies in the store as the paper says. Gives its line."""
    found = store.first("filing_received", code=paper["code"]) or store.first(
        "filing_received", provisional=paper["code"]
    )
    if found is None:
        problems.append(f"no line of the journal received {paper['code']}")
        return None
    seq, stored_hash, body = found
    if body["due"]["at"][:16] != paper["due"]:
        problems.append(f"due {body['due']['at']} in the store, {paper['due']} on paper")
    if stored_hash.hex()[:8] != paper["hash8"]:
        problems.append(f"line {seq} has hash {stored_hash.hex()[:8]}, the paper says {paper['hash8']}")
    rows = store.db.execute(
        "select lower(hex(id)), due from filing where coalesce(code, provisional) = ?", [paper["code"]]
    ).fetchall()
    if rows != [(body["filing"].replace("-", ""), body["due"]["at"])]:
        problems.append("the list of filings does not say what the journal says")
    identity = f.sha256(pdf)
    if store.first("form_rendered", filing=body["filing"], form="01", sha256=identity.hex()) is None:
        problems.append("the PDF is not the one that the journal names")
    else:
        try:
            if store.blob(identity) != pdf:
                problems.append("the stored PDF differs from the one at hand")
        except f.Wrong as wrong:
            problems.append(f"the stored PDF: {wrong}")
    return seq, body


class Centre:
    """The central service, asked as an operator."""

    def __init__(self, address, token):
        self.address = address.rstrip("/")
        self.token = token
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, path, **query):
        url = f"{self.address}{path}?{urllib.parse.urlencode(query)}" if query else self.address + path
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self.token}"})
        with self.opener.open(request, timeout=20) as answer:
            return answer.read()

    def filings(self, code):
        return json.loads(self.ask("/v1/filings", code=code))["filings"]

    def lines(self, ws):
        lines = []
        while True:
            page = self.ask(f"/v1/events/{ws}", **{"from": len(lines) + 1, "limit": PAGE}).splitlines()
            lines += page
            if len(page) < PAGE:
                return lines


def check_centre(centre, store, paper, received, problems):
    """Whether the centre has the filing and the same bytes of every line it has."""
    filings = centre.filings(paper["code"])
    lines = centre.lines(store.ws)
    for number, (mine, theirs) in enumerate(zip((line for _, line, _ in store.lines), lines), 1):
        if mine != theirs:
            problems.append(f"line {number} is another one at the centre")
            return False
    if len(lines) > len(store.lines):
        problems.append(f"the centre has {len(lines)} lines, the store only {len(store.lines)}")
        return False
    if received is None or len(lines) < received[0] or not filings:
        return False
    [filing] = filings[:1]
    told = (filing["id"], filing["ws"], filing["seq"], filing["due"])
    if len(filings) != 1 or told != (received[1]["filing"], store.ws, received[0], received[1]["due"]["at"]):
        problems.append("the centre tells another story of the filing")
        return False
    return True


def check_mark(store, received, problems):
    """What the store itself believes to be at the centre, by the centre's signature."""
    marks = store.db.execute(
        "select next_seq, head, server_time, countersignature from mark where name = 'centre'"
    ).fetchall()
    if not marks:
        return False
    [(next_seq, head, server_time, signature)] = marks
    payload = f.ack_payload(store.ws, next_seq, head, server_time)
    keys = [bytes.fromhex(key) for key in store.enrolment["server_keys"]]
    if not any(f.verifies(key, "ack", payload, signature) for key in keys):
        problems.append("the kept countersignature is not the centre's")
    hashes = {seq + 1: stored for seq, _, stored in store.lines}
    hashes[1] = f.genesis(store.ws, store.public_key)
    if hashes.get(next_seq) != head:
        problems.append("the centre countersigned another history")
    return received is not None and next_seq > received[0]


def check(arguments, report, problems):
    pdf = arguments.pdf.read_bytes()
    report["pdf_sha256"] = f.sha256(pdf).hex()
    paper = read_paper(arguments.pdf)
    report.update(paper)
    store = Store(arguments.data, arguments.password, arguments.clerk)
    report["lines"] = len(store.lines)
    broken = store.chain()
    report["chain"] = broken is None
    if broken:
        problems.append(broken)
    before = len(problems)
    received = check_stored(store, paper, pdf, problems)
    report["stored"] = received is not None and len(problems) == before and report["chain"]
    believed = check_mark(store, received, problems)
    if arguments.expect_offline:
        if believed:
            problems.append("the store believes the filing at the centre, which can't be reached")
        return
    centre = Centre(arguments.centre, arguments.token)
    report["at_centre"] = check_centre(centre, store, paper, received, problems) and believed
    if not believed:
        problems.append("the store has no countersignature for the filing")
    if not report["at_centre"]:
        problems.append("the filing is not at the centre")


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True, help="the workstation's data folder")
    parser.add_argument("--password", required=True)
    parser.add_argument("--clerk", help="whose slot; else any clerk's that opens")
    parser.add_argument("--pdf", type=pathlib.Path, required=True)
    parser.add_argument("--centre", default="", help="address of the central service")
    parser.add_argument("--token", default="", help="an operator's token")
    parser.add_argument("--timings", type=pathlib.Path, help="JSON: milliseconds by step")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--expect-offline", action="store_true", help="the filing must not be at the centre yet")
    return parser.parse_args()


def main():
    arguments = parse()
    problems = []
    report = {
        "code": None,
        "due": None,
        "stored": False,
        "at_centre": False,
        "hash8": None,
        "lines": 0,
        "chain": False,
        "pdf_sha256": None,
        "milliseconds": json.loads(arguments.timings.read_text()) if arguments.timings else {},
        "problems": problems,
    }
    try:
        check(arguments, report, problems)
    except (Problem, f.Wrong) as wrong:
        problems.append(str(wrong))
    except (OSError, ValueError, KeyError, TypeError, IndexError, sqlite3.Error) as error:
        # Broken input of any kind is a finding, never a traceback without a report.
        problems.append(f"{type(error).__name__}: {error}")
    arguments.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for problem in problems:
        print(f"check: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
