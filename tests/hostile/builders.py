"""Builds the hostile files, byte by byte, so that no PDF library tidies them up."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

PAGE_TEXT = b"BT /F1 12 Tf 72 700 Td (Orientation 1 : des rues calmes) Tj 0 -20 Td (Un passage refait en 2023.) Tj ET"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R", *, xref: bool = True) -> bytes:
    """A PDF with these objects, a right xref table (or none) and that trailer."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    if xref:
        out += b"xref\n0 %d\n" % size
        for number in range(size):
            out += b"%010d %05d %s \n" % ((offsets[number], 0, b"n") if number in offsets else (0, 65535, b"f"))
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def stream(content: bytes, head: bytes = b"", *, flate: bool = False) -> bytes:
    """A stream object, packed with ``flate``."""
    if flate:
        content, head = zlib.compress(content, 9), head + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), head, content)


def page(
    content: bytes = PAGE_TEXT,
    *,
    box: bytes = b"0 0 595 842",
    extra: bytes = b"",
    resources: bytes = b"",
    font: bytes = HELVETICA,
    catalog: bytes = CATALOG,
    more: Mapping[int, bytes] | None = None,
    packed: bytes | None = None,
    trailer: bytes = b"/Root 1 0 R",
) -> bytes:
    """A PDF of one page, any part of which may be another's. ``packed`` is the whole content stream object."""
    return pdf(
        {
            1: catalog,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (box, resources, extra),
            4: packed if packed is not None else stream(content),
            5: font,
            **(more or {}),
        },
        trailer,
    )


def flate_bomb() -> bytes:
    """A content stream of a megabyte that unpacks to a gigabyte, packed twice."""
    inner = zlib.compress(b"\0" * (1 << 30), 9)
    return page(packed=stream(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]"))


def flate_bomb_of_operators() -> bytes:
    """A small content stream that unpacks to eight million drawing operators."""
    return page(packed=stream(b"0 0 m 9 9 l S\n" * 8_000_000, flate=True))


def flate_bomb_of_text() -> bytes:
    """A small content stream that shows a hundred million letters."""
    return page(packed=stream(b"BT /F1 9 Tf 9 9 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj\n" * 5_000_000 + b"ET", flate=True))


def page_tree_loop() -> bytes:
    """A page tree whose node is its own child."""
    return pdf({1: CATALOG, 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"})


def page_tree_ring() -> bytes:
    """Two nodes of the page tree that are each other's children."""
    return pdf(
        {
            1: CATALOG,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 4 0 R] /Count 2 >>",
            4: b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 99 99] >>",
        }
    )


def page_tree_deep() -> bytes:
    """A page tree of ten thousand levels."""
    levels = 10_000
    nodes = {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, levels)}
    return pdf({1: CATALOG, **nodes, levels: b"<< /Type /Page /MediaBox [0 0 99 99] /Parent 2 0 R >>"})


def page_tree_fan() -> bytes:
    """Twenty levels of nodes that each name the next one twice: a million pages in two kilobytes."""
    nodes = {n: b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 9 >>" % (n + 1, n + 1) for n in range(2, 22)}
    return pdf({1: CATALOG, **nodes, 22: b"<< /Type /Page /MediaBox [0 0 99 99] /Parent 21 0 R >>"})


def million_pages() -> bytes:
    """A page tree that declares a million pages and holds one."""
    return page().replace(b"/Count 1 ", b"/Count 1000000 ")


def million_kids() -> bytes:
    """One page, listed two hundred thousand times."""
    return page().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [" + b"3 0 R " * 200_000 + b"] /Count 200000")


def xref_loop() -> bytes:
    """Two xref tables that are each other's previous one."""
    data = page()
    at = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Prev %d >>" % at)


def xref_far() -> bytes:
    """An xref table that starts far behind the end of the file."""
    data = page()
    at = data.rindex(b"startxref\n")
    return data[:at] + b"startxref\n99999999999999999999\n%%EOF\n"


def xref_huge() -> bytes:
    """An xref table that declares two thousand million entries."""
    return page().replace(b"xref\n0 6", b"xref\n0 2000000000")


def xref_stream_huge() -> bytes:
    """An xref stream with fields a gigabyte wide."""
    head = b"/Type /XRef /Size 2000000000 /W [1000000000 1 1] /Index [0 2000000000] /Root 1 0 R"
    return pdf({1: CATALOG, 2: b"<< /Type /Pages /Kids [] /Count 0 >>", 7: stream(b"\0" * 64, head)}, xref=False)


def object_stream_loop() -> bytes:
    """An object stream that extends itself."""
    head = b"/Type /ObjStm /N 100000000 /First 8 /Extends 6 0 R"
    return page(more={6: stream(b"3 0 5 0 << >>", head)})


def length_loop() -> bytes:
    """A stream whose length is the stream."""
    return page(packed=b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % PAGE_TEXT)


def length_lies() -> bytes:
    """A stream that says it is two gigabytes long."""
    return page(packed=b"<< /Length 2147483647 >>\nstream\n%s\nendstream" % PAGE_TEXT)


def reference_chain() -> bytes:
    """A hundred thousand objects that are each a reference to the next."""
    chain = {n: b"%d 0 R" % (n + 1) for n in range(10, 60_000)}
    return page(extra=b"/Rotate 10 0 R", more={**chain, 60_000: b"0"})


def nested_arrays() -> bytes:
    """An array in an array, fifty thousand deep, where the annotations should be."""
    return page(extra=b"/Annots " + b"[" * 50_000 + b"]" * 50_000)


def nested_dictionaries() -> bytes:
    """A dictionary in a dictionary, twenty thousand deep, in the content stream."""
    return page(b"/Span " + b"<< /A " * 20_000 + b">>" * 20_000 + b" BDC " + PAGE_TEXT + b" EMC")


def nested_forms() -> bytes:
    """Form XObjects that draw the next one ten times over, nine levels deep: a thousand million drawings."""
    forms = {
        n: stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X %d 0 R >> >>" % (n + 1),
        )
        for n in range(10, 19)
    }
    leaf = stream(PAGE_TEXT, b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 5 0 R >> >>")
    return page(b"/X Do", resources=b"/XObject << /X 10 0 R >>", more={**forms, 19: leaf})


def form_of_itself() -> bytes:
    """A form XObject that draws itself."""
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X 10 0 R >> >>")
    return page(b"/X Do " + PAGE_TEXT, resources=b"/XObject << /X 10 0 R >>", more={10: form})


def unbalanced_state() -> bytes:
    """A million saved graphics states, none restored."""
    return page(b"q " * 1_000_000 + PAGE_TEXT)


def gigantic_box() -> bytes:
    """A page as wide as the moon is far."""
    return page(box=b"0 0 1e30 1e30")


def negative_box() -> bytes:
    """A page turned inside out."""
    return page(box=b"595 842 -595 -842")


def empty_box() -> bytes:
    """A page without height."""
    return page(box=b"0 0 595 0")


def box_of_words() -> bytes:
    """A page whose box is no numbers."""
    return page(box=b"/wide (high) null true")


def box_too_short() -> bytes:
    """A page whose box has two numbers."""
    return page(box=b"0 0")


def box_overflows() -> bytes:
    """A page whose box overflows every number type."""
    return page(box=b"-" + b"9" * 400 + b" 0 " + b"9" * 400 + b" 842")


def odd_rotation() -> bytes:
    """A page turned by an angle that is no number, and by one that is no quarter."""
    return page(extra=b"/Rotate 37.5")


def matrix_of_zeros() -> bytes:
    """Text set with a matrix that has no inverse."""
    return page(b"BT /F1 12 Tf 0 0 0 0 0 0 Tm (Orientation 1) Tj ET")


def matrix_overflows() -> bytes:
    """Text set at a size beyond every number type."""
    return page(b"BT /F1 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (Orientation 1) Tj ET")


def broken_font_file() -> bytes:
    """A font whose file is noise."""
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R /FirstChar 0 /LastChar 255 >>"
    noise = bytes((i * 7919) % 256 for i in range(4096))
    descriptor = b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>"
    return page(font=font, more={6: descriptor, 7: stream(noise)})


def font_of_itself() -> bytes:
    """A composite font that is its own descendant."""
    return page(font=b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>")


def type3_of_itself() -> bytes:
    """A Type 3 font whose glyph is a text set in that font."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 0 /LastChar 255"
        b" /Widths [] /CharProcs << /a 6 0 R >> /Encoding << /Differences [0 /a] >>"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return page(font=font, more={6: stream(b"BT /F1 1 Tf (\0) Tj ET")})


def font_ranges() -> bytes:
    """A width table and a character map over ranges of two thousand million codes."""
    cid = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /W [0 2000000000 500] >>"
    )
    cmap = (
        b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <7FFFFFFF> <0041> endbfrange"
    )
    head = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
    font = head + b" /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
    return page(font=font, more={6: cid, 7: stream(cmap)})


def simple_font_range() -> bytes:
    """A simple font whose characters run from minus to plus two thousand million."""
    return page(font=HELVETICA[:-2] + b"/FirstChar -2000000000 /LastChar 2000000000 /Widths [500] >>")


def surrogate_text() -> bytes:
    """A character map that gives halves of characters, controls and NUL."""
    cmap = (
        b"1 begincodespacerange <00> <FF> endcodespacerange 4 beginbfchar <4F> <D800> <72> <DFFF> <69> <0000>"
        b" <65> <FFFE> endbfchar"
    )
    return page(font=HELVETICA[:-2] + b"/ToUnicode 6 0 R >>", more={6: stream(cmap)})


def cmap_of_itself() -> bytes:
    """A character map that builds on itself, and on a file outside."""
    cmap = b"/../../../../etc/passwd usecmap 1 begincodespacerange <00> <FF> endcodespacerange"
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 7 0 R /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
    cid = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X"
        b" /CIDSystemInfo << /Registry (../../../../var) /Ordering (../x) /Supplement 0 >> >>"
    )
    head = b"/Type /CMap /CMapName /../../../../etc/passwd /UseCMap 7 0 R"
    return page(font=font, more={6: cid, 7: stream(cmap, head)})


def many_glyphs() -> bytes:
    """Three hundred thousand characters on one page, each set by itself."""
    return page(b"BT /F1 1 Tf 9 9 Td " + b"(a) Tj 0.1 0 Td " * 300_000 + b"ET")


def many_shapes() -> bytes:
    """Two hundred thousand boxes in one another."""
    return page(b"".join(b"%d %d 99 99 re S " % (n % 500, n % 700) for n in range(200_000)) + PAGE_TEXT)


def long_word() -> bytes:
    """One word of a million letters."""
    return page(b"BT /F1 12 Tf 72 700 Td (" + b"a" * 1_000_000 + b") Tj ET")


def inline_image_open() -> bytes:
    """An inline picture that never ends."""
    return page(b"BI /W 1000000 /H 1000000 /BPC 8 /CS /RGB ID " + b"\x00" * 1000 + PAGE_TEXT)


def image_bomb() -> bytes:
    """A picture that says it has a million times a million pixels."""
    image = stream(
        b"\0" * 100,
        b"/Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
    )
    return page(b"q 99 0 0 99 0 0 cm /X Do Q " + PAGE_TEXT, resources=b"/XObject << /X 6 0 R >>", more={6: image})


def filter_chain() -> bytes:
    """A content stream packed, it says, five hundred times."""
    return page(packed=stream(PAGE_TEXT, b"/Filter [" + b"/ASCIIHexDecode /RunLengthDecode " * 250 + b"]"))


def predictor_bomb() -> bytes:
    """A stream whose predictor has rows of a gigabyte."""
    head = b"/DecodeParms << /Predictor 15 /Columns 1000000000 /Colors 32 /BitsPerComponent 16 >>"
    return page(packed=stream(PAGE_TEXT, head, flate=True))


def lzw_noise() -> bytes:
    """Noise that says it is LZW."""
    return page(packed=stream(bytes((i * 31) % 251 for i in range(5000)), b"/Filter /LZWDecode"))


def encrypted_oddly() -> bytes:
    """An encryption dictionary of nonsense."""
    return page(
        more={6: b"<< /Filter /Standard /V 99 /R -1 /Length 1000000000 /O (x) /U (y) /P 1e99 >>"},
        trailer=b"/Root 1 0 R /Encrypt 6 0 R /ID [(a) (b)]",
    )


def embedded_file() -> bytes:
    """A file attached under a name that leads out of the folder."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(../../evil.sh) 6 0 R] >> >> >>"
    spec = b"<< /Type /Filespec /F (../../evil.sh) /UF (../../evil.sh) /EF << /F 7 0 R >> >>"
    return page(catalog=catalog, more={6: spec, 7: stream(b"#!/bin/sh\ntouch evil\n", b"/Type /EmbeddedFile")})


def javascript_and_actions() -> bytes:
    """JavaScript, a program to launch, a form to send and a page to fetch when the document opens."""
    catalog = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction [6 0 R] /AA << /WC 7 0 R /WS 8 0 R >>"
        b" /Names << /JavaScript << /Names [(a) 6 0 R] >> >> /URI << /Base (http://127.0.0.1:9/) >> >>"
    )
    return page(
        catalog=catalog,
        extra=b"/AA << /O 7 0 R /C 9 0 R >>",
        more={
            6: b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\); while\\(true\\){}) /Next 6 0 R >>",
            7: b"<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) /P (/c calc) >> >>",
            8: b"<< /S /SubmitForm /F (http://127.0.0.1:9/form) /Flags 4 >>",
            9: b"<< /S /GoToR /F (//127.0.0.1/share/x.pdf) /D [0 /Fit] >>",
        },
    )


def remote_references() -> bytes:
    """A content stream, a font and a picture that are files and addresses elsewhere."""
    remote = b"<< /Length 0 /F << /FS /URL /F (http://127.0.0.1:9/stream) >> >>\nstream\n\nendstream"
    local = b"<< /Length 0 /F (/etc/passwd) /Type /XObject /Subtype /Image /Width 9 /Height 9 >>\nstream\n\nendstream"
    reference = stream(b"", b"/Type /XObject /Subtype /Form /Ref << /F (http://127.0.0.1:9/x.pdf) /Page 0 >>")
    return page(
        packed=remote,
        resources=b"/XObject << /X 6 0 R /Y 7 0 R >>",
        more={6: local, 7: reference},
    )


def absurd_metadata() -> bytes:
    """A producer of a megabyte, a title that is a dictionary, XMP with entities that multiply and one that fetches."""
    entities = b"".join(b'<!ENTITY e%d "&e%d;&e%d;">' % (n, n - 1, n - 1) for n in range(1, 40))
    xmp = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "a"><!ENTITY f SYSTEM "file:///etc/passwd">' + entities + b"]>"
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>&e39;&f;</x:xmpmeta>"
    )
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang 12 /Version /../../9 >>"
    info = b"<< /Producer (" + b"p" * 1_000_000 + b") /Title << /A [] >> /CreationDate (D:99999999999999) /Author 7 0 R >>"
    more = {6: info, 7: stream(xmp, b"/Type /Metadata /Subtype /XML")}
    return page(catalog=catalog, more=more, trailer=b"/Root 1 0 R /Info 6 0 R")


def marked_content_deep() -> bytes:
    """A hundred thousand marked contents begun and none ended."""
    return page(b"/P << /MCID 0 >> BDC " * 100_000 + PAGE_TEXT)


def header_only() -> bytes:
    """A header and nothing else."""
    return b"%PDF-1.7\n"


def catalog_is_text() -> bytes:
    """A catalog that is a string."""
    return page(catalog=b"(catalog)")


def pages_is_number() -> bytes:
    """A page tree that is a number."""
    return pdf({1: CATALOG, 2: b"42"})


def contents_odd() -> bytes:
    """Contents that are numbers, names, the page itself and what is not there."""
    return page(extra=b"/Contents [7 /x (y) 3 0 R 99 0 R null 4 0 R]").replace(b"/Contents 4 0 R", b"", 1)


def resources_of_page() -> bytes:
    """Resources, fonts and pictures that are the page itself."""
    return page().replace(b"/Resources << /Font << /F1 5 0 R >>  >>", b"/Resources 3 0 R /Font 3 0 R /F1 3 0 R")


def huge_numbers() -> bytes:
    """Numbers of ten thousand digits in the content stream."""
    number = b"9" * 10_000
    return page(b"BT /F1 %s Tf %s -%s Td (Orientation 1) Tj ET %s 0 m S" % (number, number, number, number))


def operators_short() -> bytes:
    """Every operator without its operands."""
    words = b"q cm w J j M d ri i gs Q m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T*"
    return page(
        words + b" Tj TJ ' \" d0 d1 CS cs SC SCN sc scn G g RG rg K k sh BI ID EI Do MP DP BMC BDC EMC BX EX " + PAGE_TEXT
    )


def text_bomb() -> bytes:
    """Not a PDF: two million lines of one word."""
    return b"mot\n" * 2_000_000
