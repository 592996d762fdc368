"""Ways in which the fuzzing spoils a workbook: single bytes, parts of the archive, and XML that stays XML.

Every way takes a source of chance and gives bytes; the same chance gives the same bytes.
"""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping

from lxml import etree

NUMBERS = (
    "", " ", "0", "-0", "-1", "1", "NaN", "INF", "-INF", "1e308", "1e309", "-1e309", "1E-400", "9" * 20, "9" * 400,
    "0." + "1" * 300, "1,5", "1.234", "1.234.567,89", "1_000", "0x10", "+5", "1e", ".", "--1", "٣", "²", "１２",
    "1e5e5", "2147483648", "4294967296", "18446744073709551616", "1048577", "16385", "2958466", "-657435",
    "99999999999999",
)  # fmt: skip
REFERENCES = (
    "", "A0", "XFE1", "A1048577", "XFD1048576", "$A$1", "A1:XFD1048576", "B2:A1", "A1:A1", "1:1", "A:A", "R1C1",
    "A-1", "a1",
    "A1 B2", "A1:B2:C3", "Lembar!A1", "'x'!A1", "#REF!", "A01", "AAAA1", "١", "A1:", ":B2", "A1:C20",
)  # fmt: skip
TEXTS = (
    "", " ", "\u200b", "\u00a0", "_x0000_", "_xD800_", "_x005F_x0000_", "😀", "\u202e", "e\u0301" * 40, "İıßǆ",
    "=1+1", "'",
    "%", "%%", "Rp", "Rp.", "Rp -", "-", "(", ")", "()", "(1)", "1)", ",", ".", ",,,", "1,2,3", "1.2.3.4",
    "1.234,-", ">B", "≤ 5",
    "5 - 7", "12/2024", "31/12/2024", "1" * 300, "1." * 200, "(" * 300, "1 " * 500, "a" * 33_000, "#DIV/0!",
    "#REF!", "NA", "NIHIL",
    "Program", "Kegiatan", "Sub Kegiatan", "Pagu", "Anggaran (Rp ribu)", "Realisasi", "%", "Target", "Capaian",
    "Jumlah", "TOTAL",
    "Triwulan I", "TW II", "2024", "Tahun 2023", "6=4/5*100", "(6) = (3-5)", "12=8+9+10+11", "1", "2", "I", "II",
    "a.", "1.06.01.2.01",
    "5.1.02.01", "Sumber: x", "Kategori", "Sangat Tinggi", "Nomor", "No", "Tabel 3.1", "Rumus", "{0}", "%s", "\\",
    "<b>", "&amp;",
)  # fmt: skip
FORMULAS = (
    "", "A1", "1/0", "SUM(A1:XFD1048576)", "SUM(A:A)", "A1:A1048576", "(" * 200 + "1" + ")" * 200, "-" * 300 + "1",
    "1" + "+1" * 3000,
    "2^99999", "10^308*10", "9^9^9^9", "REPT(\"x\",32767)", "REPT(REPT(\"x\",9999),9999)", "OFFSET(A1,-1,0)",
    "OFFSET(A1,1E9,1E9)",
    "INDIRECT(\"A1\")", "INDEX(A1:C9,9,9)", "VLOOKUP(1,A1:C9,3,0)", "IF(1,2", "IFERROR(1/0,)",
    "SUMIF(A:A,\"*?*?*?*?*?*x\",B:B)",
    "COUNTIF(A1:A99,\"~\")", "'[1]x'!A1", "[2]x!$A$1", "Sheet99!A1", "#REF!", "SUM(#REF!)", "TABLE(A1,B1)",
    "{1,2;3}", "\"", "'",
    "ROUND(1.5,-400)", "ROUND(1.5,1E9)", "TEXT(1,\"[>=\")", "A1&A1&A1", "SUMPRODUCT(A1:C9*B1:D9)", "MOD(-1,0)",
    "0.1+0.2", "1E999",
    "TRUE", "A1=A1", "A1%", "LEFT(A1,-1)", "MID(\"x\",1E9,1)", "_xlfn.XLOOKUP(1,A:A,B:B)", "SUBTOTAL(109,A1:A9)",
    "A1 A2", "A1,A2",
    "RANDBETWEEN(1,2)", "NOW()", "LAMBDA(x,x)(1)", "TablE1[#All]", "\u200b", "1 1", "AND()", "MAX()", "AVERAGE()",
    "CHOOSE(0,1)",
)  # fmt: skip
BYTES = (
    b"<", b">", b'"', b"&", b"#", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbf\xbf", b"]]>", b"<!--", b"<![CDATA[",
    b"<!DOCTYPE a>",
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>', b"<?xml version='1.1'?>",
    b"<?xml encoding='utf-16'?>", b"/>",
    b"<row>", b"</row>", b"<c>", b"&#0;", b"&x;", b"&#x10FFFF;", b"xmlns=''", b"r=", b' t="s"', b"PK\x01\x02",
    b"PK\x05\x06", b"PK\x03\x04",
)  # fmt: skip
WORDS = ("1", "true", "xyz", "s", "str", "b", "e", "d", "n", "inlineStr", "shared", "array", "hidden")
NASTY = (*NUMBERS, *REFERENCES, *TEXTS, *WORDS)
_PLACES = ("r", "ref", "sqref", "activeCell", "topLeftCell", "spans", "dimension")
_LARGEST_TREE = 400_000

Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    """The parts of an archive by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as an archive, with a fixed date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def spoil(data: bytes, chance: random.Random) -> bytes:
    """A workbook file spoiled in one to four places. What is no archive has bytes spoiled only."""
    if not data.startswith(b"PK"):
        return _times(data, chance, _bytes)
    if chance.random() < 0.1:
        return _times(data, chance, _bytes if chance.random() < 0.3 else _directory)
    parts = parts_of(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        _spoil_part(parts, chance)
    made = packed(parts)
    return _directory(made, chance) if chance.random() < 0.02 else made


def _times(data: bytes, chance: random.Random, how: Callable[[bytes, random.Random], bytes]) -> bytes:
    for _ in range(chance.choice((1, 2, 4, 16))):
        data = how(data, chance)
    return data


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """A few bytes overwritten, cut out, doubled or put in; sometimes everything behind them gone."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((0, 1, 1, 2, 4, 8, 64)))
    way = chance.randrange(8)
    if way == 0 and chance.random() < 0.2:
        return data[:start]
    if way <= 3 and start < len(data):
        return data[:start] + bytes([data[start] ^ 1 << chance.randrange(8)]) + data[start + 1 :]
    if way == 4:
        return data[:start] + data[start:end] * 2 + data[end:]
    if way == 5:
        return data[:start] + chance.randbytes(end - start) + data[end:]
    return data[:start] + (chance.choice(BYTES) if way == 6 else b"") + data[end:]


def _directory(data: bytes, chance: random.Random) -> bytes:
    """A byte of the archive's own records: local headers, directory, its end."""
    marks = [match.start() for match in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    if not marks:
        return data
    at = min(chance.choice(marks) + chance.randrange(4, 46), len(data) - 1)
    return data[:at] + bytes([chance.choice((0, 1, 255, chance.randrange(256)))]) + data[at + 1 :]


def _spoil_part(parts: Parts, chance: random.Random) -> None:
    names = list(parts)
    sheets = [name for name in names if "worksheets/sheet" in name or name == "content.xml"]
    name = chance.choice(sheets) if sheets and chance.random() < 0.75 else chance.choice(names)
    way = chance.random()
    if way < 0.03:
        del parts[name]
    elif way < 0.05:
        parts[name] = parts[chance.choice(names)]
    elif way < 0.2 or not name.endswith((".xml", ".rels", ".vml")) or len(parts[name]) > _LARGEST_TREE:
        parts[name] = _bytes(parts[name], chance)
    else:
        parts[name] = _tree(parts[name], chance)


def _tree(data: bytes, chance: random.Random) -> bytes:
    """XML changed as XML: values of attributes, texts, elements dropped, doubled, moved, nested, renamed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return _bytes(data, chance)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(chance.choice((1, 1, 2, 5))):
        element = chance.choice(elements)
        for way in (_WAYS[chance.randrange(len(_WAYS))], _attribute, _text):
            if way(element, elements, chance):
                break
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _attribute(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    if not element.attrib:
        return False
    key = chance.choice(sorted(map(str, element.attrib)))
    if chance.random() < 0.1:
        del element.attrib[key]
    elif chance.random() < 0.2:
        others = [one for one in elements if key in one.attrib]
        element.set(key, str(chance.choice(others).get(key)))
    else:
        element.set(key, _valid(chance.choice(REFERENCES if key in _PLACES else NASTY)))
    return True


def _text(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    if not (element.text or "").strip():
        return False
    tag = etree.QName(element).localname
    choices = FORMULAS if tag in {"f", "formula", "definedName"} else TEXTS if tag == "t" else NASTY
    element.text = _valid(chance.choice(choices))
    return True


def _formula(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    """A cell gets a formula, its value staying or not."""
    if etree.QName(element).localname != "c":
        return False
    for child in list(element):
        if chance.random() < 0.7:
            element.remove(child)
    made = etree.Element(f"{{{etree.QName(element).namespace}}}f")
    made.text = _valid(chance.choice(FORMULAS))
    if chance.random() < 0.3:
        made.attrib.update({"t": chance.choice(("shared", "array", "dataTable")), "si": "0"})
        made.set("ref", chance.choice(REFERENCES))
    element.insert(0, made)
    return True


def _drop(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    parent.remove(element)
    return True


def _double(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    if element.getparent() is None:
        return False
    for _ in range(chance.choice((1, 1, 3, 50))):
        element.addnext(copy.deepcopy(element))
    return True


def _move(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    """The element into another one, which may be of a kind that takes no such."""
    target = chance.choice(elements)
    if element.getparent() is None or any(one is element for one in (target, *target.iterancestors())):
        return False
    target.insert(chance.randrange(len(target) + 1), element)
    return True


def _nest(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    inner = copy.deepcopy(element)
    for _ in range(chance.choice((1, 2, 40, 300))):
        outer = etree.Element(element.tag, dict(element.attrib))
        outer.append(inner)
        inner = outer
        if len(etree.tostring(inner)) > _LARGEST_TREE:
            break
    element.append(inner)
    return True


def _rename(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    element.tag = chance.choice((chance.choice(elements).tag, "{urn:x}x", "x"))
    return True


def _swap(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> bool:
    """Two of a kind exchange what they hold: sheets their rows, cells their values."""
    others = [one for one in elements if one.tag == element.tag and one is not element]
    if not others:
        return False
    other = chance.choice(others)
    element.text, other.text = other.text, element.text
    mine, theirs = dict(element.attrib), dict(other.attrib)
    keys = [key for key in mine if key in theirs]
    if keys:
        key = chance.choice(keys)
        element.set(key, theirs[key])
        other.set(key, mine[key])
    return True


def _valid(text: str) -> str:
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


_OFTEN = (_attribute, _attribute, _attribute, _text, _text, _text)
_WAYS = (*_OFTEN, _formula, _drop, _double, _move, _nest, _rename, _swap)
