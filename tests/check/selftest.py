#!/usr/bin/python3
"""Tests the checker of `./x run`: an honest world passes, and each planted fault is found and named.

One line a case, then `N passed, N failed`; ends with 1 when one failed.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import formats as f
import world as w

CHECKER = pathlib.Path(__file__).with_name("check_run.py")


def run(world, address, extra=()):
    """The checker's exit code and report."""
    timings, out = world.folder / "timings.json", world.folder / "report.json"
    timings.write_text('{"receive": 81}')
    command = [sys.executable, CHECKER, "--data", world.data, "--password", w.PASSWORD]
    command += ["--pdf", world.receipt, "--centre", address, "--token", w.TOKEN]
    command += ["--timings", timings, "--out", out, *extra]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not out.exists():
        return done.returncode, {"problems": [f"no report: {done.stderr}"]}
    return done.returncode, json.loads(out.read_text("utf-8"))


# Faults planted before the world is written.


def altered_line(world):
    """A byte of history is changed in the store and all later hashes with it."""
    world.lines[0] = world.lines[0].replace(b'"seq":1', b'"seq": 1')


def missing_line(world):
    del world.centre_lines[1:]
    world.centre_filing = None


def altered_at_centre(world):
    world.centre_lines[1] = world.centre_lines[1].replace(b"1000", b"1001")


def more_at_centre(world):
    world.centre_lines.append(b"{}")


def another_story_at_centre(world):
    world.centre_filing["due"] = "2026-11-27T16:30:00"


def head_elsewhere(world):
    world.head = bytes(32)


def due_changed_in_store(world):
    world.lines[1] = world.lines[1].replace(b"11-26", b"11-25")


def other_row(world):
    world.row = (w.CODE, "2026-12-01T16:30:00")


def never_rendered(world):
    world.lines[2] = w.journal_line(3, "looked", {"filing": w.FILING})


def never_acknowledged(world):
    world.acknowledged = None


def acknowledged_before_the_filing(world):
    world.acknowledged = 2


def forged_countersignature(world):
    world.mark_key = w.SEED


def preview_for_a_receipt(world):
    world.pdf = w.make_pdf(["Mã hồ sơ: CHƯA TIẾP NHẬN"])


# Faults planted in the files.


def other_pdf(world):
    text = w.receipt_text(w.CODE, w.DUE, world.hashes()[2].hex()[:8])
    world.receipt.write_bytes(w.make_pdf([*text, "another copy"]))


def other_paper(world):
    text = w.receipt_text(w.CODE, "2026-11-27T16:30:00", world.hashes()[2].hex()[:8])
    world.receipt.write_bytes(w.make_pdf(text))


def unknown_code(world):
    text = w.receipt_text("H15.50.05.13-261123-1001", w.DUE, world.hashes()[2].hex()[:8])
    world.receipt.write_bytes(w.make_pdf(text))


def no_pdf(world):
    world.receipt.write_bytes(b"<html>please log in</html>")


def flipped_page(world):
    data = bytearray(world.database.read_bytes())
    data[-3000] ^= 1
    world.database.write_bytes(data)


def cut_database(world):
    data = world.database.read_bytes()
    world.database.write_bytes(data[: len(data) - f.PAGE])


def stored_hash_changed(world):
    """Somebody with the key changes one line and leaves its hash."""
    image = f.decrypt_database(f.hkdf(w.MASTER, "db"), world.database.read_bytes())
    changed = image.replace(b"workstation_enrolled", b"workstation_enroled_")
    assert changed != image
    world.database.write_bytes(w.encrypt_database(f.hkdf(w.MASTER, "db"), changed))


def missing_blob(world):
    world.blob.unlink()


def damaged_blob(world):
    data = bytearray(world.blob.read_bytes())
    data[-1] ^= 1
    world.blob.write_bytes(data)


def other_blob(world):
    world.blob.write_bytes(f.seal_blob(f.hkdf(w.MASTER, "blob"), world.pdf + b"\n", bytes(19)))


def damaged_keys(world):
    (world.data / "keys.json").write_text("{", "utf-8")


# What is planted, when, and what the checker must say.
BEFORE = [
    (altered_line, "hash"),
    (missing_line, "not at the centre"),
    (altered_at_centre, "line 2 is another one at the centre"),
    (more_at_centre, "the centre has 4 lines"),
    (another_story_at_centre, "another story"),
    (head_elsewhere, "the head is not the end"),
    (due_changed_in_store, "on paper"),
    (other_row, "the list of filings"),
    (never_rendered, "not the one that the journal names"),
    (never_acknowledged, "no countersignature for the filing"),
    (acknowledged_before_the_filing, "no countersignature for the filing"),
    (forged_countersignature, "countersignature is not the centre's"),
    (preview_for_a_receipt, "the receipt does not say: due time"),
]
AFTER = [
    (other_pdf, "not the one that the journal names"),
    (other_paper, "on paper"),
    (unknown_code, "no line of the journal received"),
    (no_pdf, "pdftotext"),
    (flipped_page, "of the database is not what the key wrote"),
    (cut_database, "Error"),
    (stored_hash_changed, "the chain breaks at line 1"),
    (missing_blob, "the blob is not there"),
    (damaged_blob, "chunk 0 does not open"),
    (other_blob, "the stored PDF differs"),
    (damaged_keys, "JSONDecodeError"),
]


def built(folder, before=None, after=None):
    world = w.World(folder)
    if before:
        before(world)
    world.write()
    if after:
        after(world)
    return world


def found(code, report, says):
    return code == 1 and any(says in problem for problem in report["problems"])


def cases():
    """Name, and a function from a folder to what is wrong with the checker (None = nothing)."""

    def honest(folder):
        world = built(folder)
        centre = w.StubCentre(world)
        code, report = run(world, centre.address)
        centre.close()
        expected = {"code": w.CODE, "due": w.DUE[:16], "stored": True, "at_centre": True, "chain": True, "lines": 3}
        wrong = {name: report.get(name) for name, value in expected.items() if report.get(name) != value}
        wrong.update({} if report.get("milliseconds") == {"receive": 81} else {"milliseconds": "lost"})
        return None if code == 0 and not wrong else f"{code}: {wrong} {report['problems']}"

    yield "an honest world passes", honest

    def offline(folder):
        world = built(folder, before=never_acknowledged)
        code, report = run(world, "", ["--expect-offline"])
        right = code == 0 and report["stored"] and not report["at_centre"]
        return None if right else f"{code}: {report['problems']}"

    yield "a world without a network passes when none is expected", offline

    def refused(says, extra=(), before=None, after=None, with_centre=True):
        def case(folder):
            world = built(folder, before, after)
            centre = w.StubCentre(world)
            address = centre.address
            if not with_centre:
                centre.close()
            code, report = run(world, address, extra)
            if with_centre:
                centre.close()
            return None if found(code, report, says) else f"{code}: {report['problems']}"

        return case

    yield "claims to be offline", refused("which can't be reached", ["--expect-offline"])
    yield "wrong password", refused("opens no slot", ["--password", "wrong"])
    yield "wrong clerk", refused("opens no slot", ["--clerk", w.FILING])
    yield "wrong token", refused("401", ["--token", "wrong"])
    yield "centre gone", refused("URLError", with_centre=False)
    for fault, says in BEFORE:
        yield fault.__name__, refused(says, before=fault)
    for fault, says in AFTER:
        yield fault.__name__, refused(says, after=fault)


def main():
    passed = failed = 0
    for name, case in cases():
        with tempfile.TemporaryDirectory() as folder:
            wrong = case(folder)
        failed += wrong is not None
        passed += wrong is None
        print(f"FAILED  {name}: {wrong}" if wrong else f"ok      {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
