"""Hostile files whose objects lead in circles, or grow when they are followed, in places where few readers look."""

from __future__ import annotations

import zlib

from hostile.builders import CATALOG, HELVETICA, PAGE_TEXT, page, pdf, stream

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99]"


def parent_of_itself() -> bytes:
    """A page that is its own parent, and inherits box and resources from there."""
    return page().replace(b"/Parent 2 0 R /MediaBox [0 0 595 842]", b"/Parent 3 0 R")


def contents_over_and_over() -> bytes:
    """One content stream, named a hundred thousand times."""
    return page(extra=b"/Contents [" + b"4 0 R " * 100_000 + b"]").replace(b"/Contents 4 0 R /Res", b"/Res", 1)


def annotations_without_end() -> bytes:
    """Two hundred thousand stamps, all one object, whose look draws itself."""
    look = stream(b"/X Do " + PAGE_TEXT, FORM + b" /Resources << /Font << /F1 5 0 R >> /XObject << /X 11 0 R >> >>")
    stamp = (
        b"<< /Type /Annot /Subtype /Stamp /Rect [9 9 300 300] /AP << /N 11 0 R >> /Parent 10 0 R /Popup 10 0 R /IRT 10 0 R >>"
    )
    return page(extra=b"/Annots [" + b"10 0 R " * 200_000 + b"]", more={10: stamp, 11: look})


def annotations_of_nonsense() -> bytes:
    """Annotations that are numbers, the page, without place, as far as the moon, with looks that are no streams."""
    kinds = [
        b"7",
        b"3 0 R",
        b"<< /Subtype /Stamp >>",
        b"<< /Subtype /FreeText /Rect [1e30 -1e30 1e300 0] /Contents (Axe 1) /DA (/F1 1e9 Tf) /AP << /N 4 0 R >> >>",
        b"<< /Subtype /Widget /FT /Tx /V 3 0 R /Rect [0 0 0 0] /AP << /N << /On 99 0 R /Off 10 0 R >> >> /AS /On >>",
        b"<< /Subtype /Link /Rect (wide) /A << /S /URI /URI (http://127.0.0.1:9/) /Next 10 0 R >> >>",
        b"<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /F (/etc/passwd) >> >>",
        b"<< /Subtype /Movie /Rect [0 0 9 9] /Movie << /F (http://127.0.0.1:9/film) >> >>",
    ]
    return page(extra=b"/Annots [10 0 R " + b" ".join(kinds) + b"]", more={10: b"<< /A 10 0 R >>"})


def form_fields_in_a_ring() -> bytes:
    """Form fields that are each other's children, an XFA form with entities that fetch."""
    xfa = stream(b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><xdp:xdp>&f;</xdp:xdp>")
    form = b"/AcroForm << /Fields [10 0 R] /XFA [(template) 12 0 R] /NeedAppearances true /CO [10 0 R] >>"
    field = b"<< /FT /Tx /T (a) /Kids [11 0 R] /Parent 11 0 R /AA << /C << /S /JavaScript /JS (while\\(1\\){}) >> >> >>"
    return page(
        catalog=b"<< /Type /Catalog /Pages 2 0 R %s >>" % form,
        extra=b"/Annots [10 0 R 11 0 R]",
        more={10: field, 11: b"<< /FT /Ch /T (b) /Kids [10 0 R 10 0 R] /Parent 10 0 R /Opt 10 0 R >>", 12: xfa},
    )


def names_in_a_ring() -> bytes:
    """Outlines, names, destinations, page labels, structure and layers that lead back to themselves."""
    catalog = (
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 10 0 R /Names << /Dests 11 0 R /EmbeddedFiles 11 0 R >> /Dests 11 0 R"
        b" /PageLabels 12 0 R /StructTreeRoot 13 0 R /MarkInfo << /Marked true >> /Threads [14 0 R]"
        b" /OCProperties << /OCGs [15 0 R] /D << /Order [16 0 R] /ON 16 0 R >> >> >>"
    )
    more = {
        10: b"<< /First 10 0 R /Last 10 0 R /Next 10 0 R /Prev 10 0 R /Parent 10 0 R /Count 2147483647 /Title (a) /Dest (x) >>",
        11: b"<< /Kids [11 0 R 11 0 R] /Names [(x) 11 0 R] /Limits [(a) (z)] /x 11 0 R >>",
        12: b"<< /Kids [12 0 R] /Nums [0 << /S /r /St -2147483648 >> 99999999999 << /S /D >>] >>",
        13: b"<< /Type /StructTreeRoot /K [13 0 R 13 0 R] /ParentTree 11 0 R /RoleMap << /A /B /B /A >> /P 13 0 R >>",
        14: b"<< /F 14 0 R /N 14 0 R /V 14 0 R /P 3 0 R >>",
        15: b"<< /Type /OCG /Name (x) /OCGs 15 0 R /VE [/And 16 0 R] >>",
        16: b"[16 0 R [16 0 R]]",
    }
    return page(b"/OC /X BDC " + PAGE_TEXT + b" EMC", catalog=catalog, extra=b"/StructParents 0 /Tabs /S", more=more)


def ring_of_patterns() -> bytes:
    """A pattern painted with itself, a soft mask that masks itself, a colour space and a function made of themselves."""
    pattern = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1e-9 /YStep 0"
        b" /Resources << /Pattern << /P 10 0 R >> >>",
    )
    mask = stream(
        b"/G gs 0 0 9 9 re f", FORM + b" /Group << /S /Transparency /CS 12 0 R >> /Resources << /ExtGState << /G 13 0 R >> >>"
    )
    resources = b"/Pattern << /P 10 0 R >> /ExtGState << /G 13 0 R >> /ColorSpace << /C 12 0 R >> /Shading << /S 15 0 R >>"
    return page(
        b"/G gs /C cs 1 scn /Pattern cs /P scn 0 0 500 500 re f /S sh " + PAGE_TEXT,
        resources=resources,
        more={
            10: pattern,
            11: mask,
            12: b"[/Indexed 12 0 R 2147483647 12 0 R]",
            13: b"<< /SMask << /S /Luminosity /G 11 0 R /TR 14 0 R >> /Font [5 0 R -1] >>",
            14: b"<< /FunctionType 3 /Domain [0 1] /Functions [14 0 R 14 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>",
            15: b"<< /ShadingType 1 /ColorSpace 12 0 R /Domain [-1e30 1e30 0 1e30] /Function 14 0 R >>",
        },
    )


def object_stream_in_itself() -> bytes:
    """An xref stream that says of an object stream that it lies in itself, and names itself as the one before."""
    entries = b"".join(bytes([2, 0, 6, index]) for index in range(6)) + bytes([2, 0, 6, 0])
    head = b"/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Prev 16"
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\n7 0 obj\n" + stream(entries, head) + b"\nendobj\nstartxref\n16\n%%EOF\n"


def thousand_updates() -> bytes:
    """Five thousand saved changes, each with an xref table that names the one before."""
    data = bytearray(page())
    before = data.rindex(b"xref\n0")
    for _ in range(5_000):
        at = len(data)
        data += b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (before, at)
        before = at
    return bytes(data)


def header_far_in() -> bytes:
    """Two megabytes of something else before the header."""
    return b"\x89rien\n" * 350_000 + page()


def map_that_multiplies() -> bytes:
    """A character map that makes two thousand letters of each of ten thousand characters."""
    to = b"beginbfchar\n" + b"".join(b"<%02x> <%s>\n" % (code, b"0061" * 2_000) for code in range(32, 127)) + b"endbfchar"
    cmap = stream(b"1 begincodespacerange <00> <ff> endcodespacerange 95 " + to, flate=True)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return page(b"BT /F1 9 Tf 9 400 Td (" + b"abcdefghij" * 1_000 + b") Tj ET", font=font, more={6: cmap})


def actual_text_that_multiplies() -> bytes:
    """Marked content that says it stands for a megabyte of text, a hundred times."""
    said = b"/Span << /ActualText (" + b"mot " * 250_000 + b") >> BDC BT /F1 9 Tf 9 400 Td (a) Tj ET EMC "
    return page(packed=stream(said * 100, flate=True))


def font_size_odd() -> bytes:
    """Text in sizes, spacings, scalings and rises that are negative, nothing, or beyond measure."""
    lines = []
    for size in (b"0", b"-12", b"1e-30", b"1e9", b"32767"):
        for state in (b"1e9 Tc", b"-1e9 Tw", b"0 Tz", b"-100 Tz", b"1e9 TL T*", b"1e9 Ts", b"3 Tr", b"7 Tr", b"99 Tr"):
            lines.append(b"BT /F1 %s Tf %s 72 400 Td (Axe 1 : des rues) Tj ET" % (size, state))
    return page(b"q " + b" Q q ".join(lines) + b" Q " + PAGE_TEXT)


def broken_fonts() -> bytes:
    """Ten fonts, each wrong in another way: no kind, wrong kinds, matrices and widths of nothing, encodings in a circle."""
    noise = zlib.compress(bytes((i * 7919) % 256 for i in range(20_000)))
    head = b"<< /Length %d /Filter /FlateDecode /Length1 2147483647 /Length2 -1 /Subtype /Type1C >>\nstream\n" % len(noise)
    file = head + noise + b"\nendstream"
    descriptor = (
        b"/FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 99999 /FontBBox [0 0 0 0] /Ascent -1e9 %s 30 0 R >>"
    )
    fonts = [
        b"<< /Type /Font >>",
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0 0 0 0 0 0]"
        b" /CharProcs << /a 4 0 R >> /Encoding 21 0 R >>",
        b"<< /Type /Font /Subtype /TrueType /BaseFont /X %s >>" % (descriptor % b"/FontFile2"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /X %s /Widths [null (a) 1e38 -1e38] /FirstChar 97 >>"
        % (descriptor % b"/FontFile"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /X %s >>" % (descriptor % b"/FontFile3"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-V /DescendantFonts [26 0 R 26 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /CIDToGIDMap 30 0 R /W [0 [1e38] 5 4294967295 -1] /DW 1e38 /DW2 [0] %s >>"
        % (descriptor % b"/FontFile2"),
        b"<< /Type /Font /Subtype /MMType1 /BaseFont 27 0 R /Encoding << /BaseEncoding 27 0 R"
        b" /Differences [97 /a 98 99999 /b (c)] >> >>",
        b"<< /Type /Font /Subtype /Type0 /Encoding 28 0 R /DescendantFonts 28 0 R /ToUnicode 28 0 R >>",
        b"[ /Font ]",
    ]
    numbered = {20 + k: font for k, font in enumerate(fonts)}
    names = b" ".join(b"/G%d %d 0 R" % (n, n) for n in numbered)
    shown = b" ".join(b"BT /G%d 12 Tf 72 %d Td (abc \\000\\377) Tj ET" % (n, n * 20) for n in numbered)
    return page(PAGE_TEXT + b" " + shown, resources=b"/Font << /F1 5 0 R %s >>" % names, more={**numbered, 30: file})


def metadata_of_every_kind() -> bytes:
    """Metadata in UTF-16 without its second halves, with terminal commands, formulas and paths, and dates of the year 0."""
    said = b"\xfe\xff\xd8\x00\x00\x1b\x00[\x002\x00J\xdc\x00\x00\x00"
    info = (
        b'<< /Title (%s) /Author (=HYPERLINK\\("http://127.0.0.1:9"\\)) /Producer (%s) /Subject <FEFF> /CreationDate (D:0000)'
        % (said, said)
    )
    return page(
        more={6: info + b" /ModDate 6 0 R /Keywords (../../../x) /Trapped 6 0 R >>"},
        trailer=b"/Root 1 0 R /Info 6 0 R /ID 6 0 R",
    )


def portfolio() -> bytes:
    """A collection of files in which each is the collection itself, and a page of its own."""
    whole = page()
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Collection << /View /T /D (a.pdf) >>"
    catalog += b" /Names << /EmbeddedFiles << /Names [(a.pdf) 6 0 R] >> >> >>"
    spec = b"<< /Type /Filespec /F (/dev/sda) /UF (a.pdf) /EF << /F 7 0 R >> /RF << /F [(x) 7 0 R] >> >>"
    return page(catalog=catalog, more={6: spec, 7: stream(whole, b"/Type /EmbeddedFile /Subtype /application#2Fpdf")})


def calculator_without_end() -> bytes:
    """A tint made by a calculator program nested ten thousand deep, and by a table of two thousand million samples."""
    program = stream(b"{" * 10_000 + b" 1 " + b"}" * 10_000, b"/FunctionType 4 /Domain [0 1] /Range [0 1]")
    table = stream(
        b"\x00" * 64, b"/FunctionType 0 /Domain [0 1 0 1 0 1] /Range [0 1] /Size [65536 65536 65536] /BitsPerSample 32"
    )
    spaces = b"/ColorSpace << /A [/Separation /X /DeviceGray 10 0 R] /B [/DeviceN [/X /Y /Z] /DeviceGray 11 0 R] >>"
    return page(b"/A cs 1 scn /B cs 1 1 1 scn 0 0 99 99 re f " + PAGE_TEXT, resources=spaces, more={10: program, 11: table})


def pictures_of_every_filter() -> bytes:
    """Pictures in every picture format, each of noise and of absurd size."""
    noise = bytes((i * 131) % 256 for i in range(3_000))
    filters = (b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode", b"/RunLengthDecode", b"/Crypt", b"/Nothing")
    size = b"/Type /XObject /Subtype /Image /Width 65535 /Height 65535 /BitsPerComponent 8 /ColorSpace /DeviceCMYK"
    parms = b"/DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 /JBIG2Globals 10 0 R >> /SMask 10 0 R /Mask 10 0 R"
    more = {10 + k: stream(noise, b"%s %s /Filter %s" % (size, parms, name)) for k, name in enumerate(filters)}
    drawn = b"".join(b"q 99 0 0 99 0 0 cm /I%d Do Q " % number for number in more)
    return page(drawn + PAGE_TEXT, resources=b"/XObject << %s >>" % b" ".join(b"/I%d %d 0 R" % (n, n) for n in more), more=more)


def count_below_zero() -> bytes:
    """A page tree that counts minus two thousand million pages, whose kids are also nothing, a number and the catalog."""
    return page().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [null 7 1 0 R 3 0 R 99 0 R] /Count -2147483648")


def pages_of_pages() -> bytes:
    """Three thousand pages that are all one content stream of two thousand words."""
    count = 3_000
    words = b"BT /F1 8 Tf 9 TL 40 800 Td " + b"(un abri pour douze bicyclettes est pose devant la gare) Tj T* " * 80 + b"ET"
    kids = {10 + n: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>" for n in range(count)}
    tree = b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> >>"
    return pdf({1: CATALOG, 2: tree % (b" ".join(b"%d 0 R" % n for n in kids), count), 4: stream(words), 5: HELVETICA, **kids})
