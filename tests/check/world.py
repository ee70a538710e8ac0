"""A small world to test the checker with: a workstation's folder, a receipt and a centre, all made here in Python.

It holds just what check_run.py looks at, in the real formats. Not here: the faults (selftest.py).
"""

import hashlib
import hmac
import http.server
import json
import os
import pathlib
import sqlite3
import struct
import threading
import urllib.parse

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import formats as f

WS = "01950000-0000-7000-8000-000000000001"
CLERK = "00000000-0000-0000-0000-00000000c1e4"
FILING = "01950000-0000-7000-8000-0000000000f1"
STORE = "00000000-0000-0000-0000-000000005704"
CODE = "H15.50.05.13-261123-1000"
DUE = "2026-11-26T16:30:00"
PASSWORD = "đường quê 7 nhịp"
TOKEN = "operator"
MASTER = bytes([7]) * 32
SEED = bytes(range(32))
CENTRE_SEED = bytes([9]) * 32

TABLES = """
create table meta (name text primary key, value blob);
create table journal (seq integer primary key, line blob, hash blob);
create table head (id integer primary key, seq integer, hash blob);
create table mark (name text primary key, next_seq integer, head blob, server_time text, countersignature blob);
create table workstation (id integer primary key, seed blob, enrolment text);
create table filing (id blob, code text, provisional text, due text);
"""


def journal_line(seq, kind, body):
    return f.compact({"t": kind, "v": 1, "seq": seq, "body": body}).encode()


def receipt_text(code, due, hash8):
    year, month, day, hour, minute = due[:4], due[5:7], due[8:10], due[11:13], due[14:16]
    return [
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        f"Mã hồ sơ: {code}",
        f"Thời gian trả kết quả giải quyết hồ sơ: {hour} giờ {minute} phút,",
        f"ngày {day} tháng {month} năm {year}",
        f"form01-2025.1 · {hash8}",
    ]


def make_pdf(lines):
    """A PDF whose text can be read though it has no font to draw with."""
    text = "".join(f"1 0 0 1 40 {780 - 30 * n} Tm <{line.encode('utf-16-be').hex()}> Tj " for n, line in enumerate(lines))
    stream = f"BT /F 12 Tf {text}ET".encode()
    ranges = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(0x21))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"33 beginbfrange\n{ranges}endbfrange endcmap end end"
    ).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 820]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 600/FontDescriptor 8 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
        b"<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    ]
    pdf, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return pdf + b"xref\n0 9\n0000000000 65535 f \n%strailer<</Size 9/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(pdf),
    )


def plain_image(folder):
    """An empty database whose pages leave room for IV and HMAC, as SQLCipher's do."""
    path = folder / "plain.db"
    empty = sqlite3.connect(path)
    empty.execute("pragma page_size = 4096")
    empty.execute("vacuum")
    empty.close()
    image = bytearray(path.read_bytes())
    image[20] = f.RESERVED
    image[105:107] = struct.pack(">H", f.PAGE - f.RESERVED)
    path.write_bytes(image)
    return path


def encrypt_database(key, image):
    """What SQLCipher 4 writes with a raw key."""
    salt = os.urandom(16)
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    out = b""
    for number in range(1, len(image) // f.PAGE + 1):
        page = image[(number - 1) * f.PAGE : number * f.PAGE - f.RESERVED]
        iv = os.urandom(16)
        encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
        body = encryptor.update(page[16:] if number == 1 else page) + encryptor.finalize()
        mac = hmac.new(mac_key, body + iv + struct.pack("<I", number), hashlib.sha512).digest()
        out += (salt if number == 1 else b"") + body + iv + mac
    return out


class World:
    """One filing, received, rendered and at the centre. A fault changes it before or after it is written."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.data.mkdir()
        public = f.public_key(SEED)
        self.genesis = f.genesis(WS, public)
        received = {"filing": FILING, "code": CODE, "provisional": None, "due": {"at": DUE}}
        first = journal_line(1, "workstation_enrolled", {"public_key": public.hex()})
        second = journal_line(2, "filing_received", received)
        paper_hash = f.follow(f.follow(self.genesis, first), second).hex()[:8]
        self.pdf = make_pdf(receipt_text(CODE, DUE, paper_hash))
        rendered = {"filing": FILING, "form": "01", "sha256": f.sha256(self.pdf).hex()}
        self.lines = [first, second, journal_line(3, "form_rendered", rendered)]
        self.row = (CODE, DUE)
        self.head = None
        self.acknowledged = 4
        self.mark_key = CENTRE_SEED
        self.centre_lines = list(self.lines)
        self.centre_filing = {"id": FILING, "ws": WS, "seq": 2, "code": CODE, "due": DUE}

    def hashes(self):
        hashes = [self.genesis]
        for line in self.lines:
            hashes.append(f.follow(hashes[-1], line))
        return hashes

    def write(self):
        """Keys, database, blob and receipt."""
        slot = {
            "id": CLERK,
            "kind": "clerk",
            "name": "H'Hen Niê",
            "role": "clerk",
            "cost": {"memory": 1024, "passes": 1},
            "salt": os.urandom(16).hex(),
            "nonce": os.urandom(24).hex(),
        }
        keys = {"v": 1, "store": STORE, "slots": [slot]}
        slot["wrapped"] = f.seal_slot(keys, slot, PASSWORD, MASTER).hex()
        (self.data / "keys.json").write_text(json.dumps(keys), "utf-8")
        path = plain_image(self.folder)
        self.fill(path)
        self.database = self.data / "onedoor.db"
        self.database.write_bytes(encrypt_database(f.hkdf(MASTER, "db"), path.read_bytes()))
        name = f.blob_name(f.hkdf(MASTER, "name"), f.sha256(self.pdf))
        self.blob = self.data / "blobs" / name[:2] / name
        self.blob.parent.mkdir(parents=True)
        self.blob.write_bytes(f.seal_blob(f.hkdf(MASTER, "blob"), self.pdf, os.urandom(19)))
        self.receipt = self.folder / "receipt.pdf"
        self.receipt.write_bytes(self.pdf)

    def fill(self, path):
        hashes = self.hashes()
        enrolment = f.compact({"ws": WS, "server_keys": [f.public_key(CENTRE_SEED).hex()]})
        db = sqlite3.connect(path)
        db.executescript(TABLES)
        db.execute("insert into meta values ('store', ?)", [bytes.fromhex(STORE.replace("-", ""))])
        db.execute("insert into workstation values (1, ?, ?)", [SEED, enrolment])
        for seq, line in enumerate(self.lines, 1):
            db.execute("insert into journal values (?, ?, ?)", [seq, line, hashes[seq]])
        db.execute("insert into head values (1, ?, ?)", [len(self.lines), self.head or hashes[-1]])
        code, due = self.row
        db.execute("insert into filing values (?, ?, null, ?)", [bytes.fromhex(FILING.replace("-", "")), code, due])
        if self.acknowledged:
            head, time = hashes[self.acknowledged - 1], "2026-11-23T00:41:00Z"
            signature = f.sign(self.mark_key, "ack", f.ack_payload(WS, self.acknowledged, head, time))
            db.execute("insert into mark values ('centre', ?, ?, ?, ?)", [self.acknowledged, head, time, signature])
        db.commit()
        db.close()


class StubCentre:
    """Answers the two questions of the checker from a world."""

    def __init__(self, world):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(world)

            def answer(self, world):
                url = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(url.query))
                if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    self.send(401, b"{}")
                elif url.path == "/v1/filings":
                    found = world.centre_filing
                    found = [found] if found and found["code"] == query.get("code") else []
                    self.send(200, json.dumps({"filings": found, "next": None}).encode())
                elif url.path == f"/v1/events/{WS}":
                    first, limit = int(query["from"]), int(query["limit"])
                    lines = world.centre_lines[first - 1 : first - 1 + limit]
                    self.send(200, b"".join(line + b"\n" for line in lines))
                else:
                    self.send(404, b"{}")

            def send(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
