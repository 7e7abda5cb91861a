"""Which documents a run is about, and where their results go."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan_extract.batch.errors import CollisionError, ManifestError
from bilan_extract.batch.inputs import Inputs, collect, error_key, refuse_alike, why_passed
from bilan_extract.batch.manifest import local_file
from bilan_extract.errors import InputError, InputNotFoundError, UsageError


def _tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return root


def _keys(inputs: Inputs) -> list[str]:
    return [found.key for found in inputs.found]


def test_a_folder_is_searched_all_the_way_down_and_mirrored(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "a.pdf", "2024/mai/b.PDF", "2024/c.v2.pdf", "2024/notes.docx", "readme.txt")
    inputs = collect([str(root)], tmp_path / "out")
    assert _keys(inputs) == ["2024/c.v2.json", "2024/mai/b.json", "a.json"]
    assert inputs.others == 2


def test_hidden_and_temporary_files_are_left_out_and_said(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "a.pdf", ".b.pdf", "~$c.pdf", "d.pdf.part", ".git/e.pdf", ".~lock.f.pdf#")
    inputs = collect([str(root)], tmp_path / "out")
    assert _keys(inputs) == ["a.json"]
    assert {(os.path.basename(p.path), p.reason) for p in inputs.passed} == {
        (".b.pdf", "fichier caché"),
        ("~$c.pdf", "fichier temporaire"),
        ("d.pdf.part", "fichier temporaire"),
        (".git", "dossier caché"),
        (".~lock.f.pdf#", "fichier temporaire"),
    }
    assert why_passed("bilan.pdf") is None


def test_the_output_folder_is_no_input(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "a.pdf", "out/copie.pdf")
    assert _keys(collect([str(root)], root / "out")) == ["a.json"]


def test_paths_count_from_the_deepest_common_folder_or_the_base(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "2023/a.pdf", "2024/a.pdf")
    both = [str(root / "2023" / "a.pdf"), str(root / "2024")]
    assert _keys(collect(both, tmp_path / "out")) == ["2023/a.json", "2024/a.json"]
    assert _keys(collect(both[:1], tmp_path / "out")) == ["a.json"]
    assert _keys(collect(both[:1], tmp_path / "out", base=str(root))) == ["2023/a.json"]
    with pytest.raises(UsageError, match="dossier de base"):
        collect(both, tmp_path / "out", base=str(root / "2024"))


def test_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _tree(tmp_path / "in", "x/a.pdf", "x/y/b.pdf", "x/.c.pdf", "x/d[1].pdf", "x/d.txt")
    monkeypatch.chdir(root)
    assert _keys(collect(["x/**/*.pdf"], tmp_path / "out")) == ["a.json", "d[1].json", "y/b.json"]
    assert _keys(collect(["x/d[1].pdf"], tmp_path / "out")) == ["d[1].json"]  # there is a file of that very name
    assert _keys(collect(["x/*.txt"], tmp_path / "out")) == ["d.json"]
    with pytest.raises(InputNotFoundError, match="aucun fichier"):
        collect(["x/*.odt"], tmp_path / "out")


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\0"])
def test_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, separator: str) -> None:
    root = _tree(tmp_path / "in", "a.pdf", "é/b c.pdf", "d/e.pdf")
    monkeypatch.chdir(root)
    text = separator.join(["a.pdf", "é/b c.pdf", "d", "perdu.pdf", ""]).encode()
    (tmp_path / "liste.txt").write_bytes(text)
    expected = ["a.json", "d/e.json", "perdu.json", "é/b c.json"]
    assert _keys(collect([f"@{tmp_path / 'liste.txt'}"], tmp_path / "out")) == expected
    assert _keys(collect(["@-"], tmp_path / "out", stdin=io.BytesIO(text))) == expected


def test_a_list_as_powershell_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _tree(tmp_path / "in", "été.pdf")
    monkeypatch.chdir(root)
    (root / "liste.txt").write_bytes("été.pdf\r\n/rien/du/tout.pdf\r\n".encode("utf-16"))
    assert {found.path for found in collect(["@liste.txt"], tmp_path / "out").found} == {
        str(root / "été.pdf"),
        "/rien/du/tout.pdf",
    }


def test_a_list_from_a_closed_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="fermée"):
        collect(["@-"], tmp_path / "out")


def test_what_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError):
        collect([str(tmp_path / "rien.pdf")], tmp_path / "out")
    with pytest.raises(InputError):
        collect(["@rien.txt"], tmp_path / "out")


def test_a_manifest_names_local_files(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "2024/12 bis.pdf", "7.pdf")
    (root / "actes.csv").write_text(
        "COLL_NOM;DELIB_ID;DELIB_URL\r\n"
        "Ville de Brèche;12;https://breche.example/actes/2024/12%20bis.pdf?v=1\r\n"
        "Ville de Brèche;7;7.pdf\r\n"
        "Ville de Brèche;8;\r\n"
        "Ville de Brèche;9;https://breche.example/actes/9.pdf\r\n"
        "Ville de Brèche;10;https://breche.example/\r\n\r\n",
        encoding="cp1252",
    )
    inputs = collect([str(root / "actes.csv")], tmp_path / "out")
    assert _keys(inputs) == ["2024/12 bis.json", "7.json", "9.json"]
    assert len(inputs.passed) == 2
    assert "ligne 4" in inputs.passed[0].path


def test_no_manifest_leads_out_of_its_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-")
    root = _tree(tmp_path / "in", "a.pdf")
    (root / "lien.pdf").symlink_to(secret)
    urls = ["../secret.pdf", "file:///etc/passwd", "x/%2e%2e/%2e%2e/secret.pdf", "lien.pdf", "a\\..\\..\\secret.pdf"]
    (root / "m.csv").write_text("DELIB_URL,X\n" + "".join(f"{url},1\n" for url in urls), encoding="utf-8")
    inputs = collect([str(root / "m.csv")], tmp_path / "out")
    assert [found.path for found in inputs.found] == [str(root / "passwd"), str(root / "secret.pdf")]
    assert [passed.reason for passed in inputs.passed if "autre adresse" not in passed.reason] == [
        "mène hors du dossier du manifeste"
    ]


@given(st.text(max_size=60))
def test_a_url_never_leads_out(url: str) -> None:
    folder = Path("racine")
    path = local_file(url, folder)
    assert path is None or ".." not in path.parts and path.parts[0] == "racine" and len(path.parts) > 1


MANIFEST = "COLL_NOM;DELIB_OBJET;DELIB_URL\r\nVille de Brèche;Été;https://breche.example/2024/été.pdf\r\n"


@pytest.mark.parametrize(
    "data",
    [
        MANIFEST.encode("cp1252"),
        MANIFEST.encode("utf-8-sig"),
        MANIFEST.encode("utf-16"),  # "Unicode text" of a spreadsheet
        MANIFEST.replace(";", "\t").encode("utf-16-be").join([b"\xfe\xff", b""]),
        MANIFEST.replace("COLL_NOM;DELIB_OBJET;DELIB_URL", '"delib_url" ;X;Y').replace("Ville de Brèche", "été.pdf").encode(),
        # longer than what is looked at first, the mark in front of the one column that counts
        ("DELIB_URL;X\n" + "rien.pdf;" + "é" * 70_000 + "\nété.pdf;\n").encode("utf-8-sig"),
    ],
    ids=["cp1252", "mark", "utf-16", "utf-16-be", "quoted", "long"],
)
@pytest.mark.parametrize("name", ["\u00e9t\u00e9.pdf", "e\u0301te\u0301.pdf"], ids=["NFC", "NFD"])
def test_manifests_as_programs_write_them(tmp_path: Path, data: bytes, name: str) -> None:
    root = _tree(tmp_path / "in", name)
    (root / "actes.csv").write_bytes(data)
    assert str(root / name) in [found.path for found in collect([str(root / "actes.csv")], tmp_path / "out").found]


def test_two_addresses_never_become_one_document_unsaid(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "12.pdf")
    urls = ["https://a.example/2023/12.pdf", "https://a.example/2023/12.pdf", "https://a.example/2024/12.pdf"]
    (root / "m.csv").write_text(
        "DELIB_OBJET,DELIB_URL\n" + "".join(f'"deux\nlignes",{url}\n' for url in urls), encoding="utf-8"
    )
    inputs = collect([str(root / "m.csv")], tmp_path / "out")
    assert _keys(inputs) == ["12.json"]
    (passed,) = inputs.passed
    assert passed.path.endswith("ligne 6")
    assert "que ligne 2" in passed.reason


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A;B\n1;2\n", "manque la colonne"),
        ("", "manque la colonne"),
        ('A;DELIB_URL\n"un;1.pdf\ndeux;2.pdf\n', "guillemet ouvert à la ligne 2"),
        ("A;DELIB_URL\n1;1.pdf\n" + "x" * 200_000 + ";2.pdf\n", "à partir de la ligne 3"),
    ],
)
def test_a_csv_that_is_no_manifest_ends_the_command_before_it_starts(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=why):
        collect([str(tmp_path / "x.csv")], tmp_path / "out")


def test_a_link_to_a_folder_is_said_not_followed_unless_it_is_named(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "a/a.pdf")
    elsewhere = _tree(tmp_path / "elsewhere", "b.pdf")
    (root / "a" / "loop").symlink_to(root)
    (root / "more").symlink_to(elsewhere)
    inputs = collect([str(root)], tmp_path / "out")
    assert _keys(inputs) == ["a/a.json"]
    assert [Path(passed.path).name for passed in inputs.passed] == ["loop", "more"]
    assert _keys(collect([str(root), str(root / "more")], tmp_path / "out")) == ["a/a.json", "more/b.json"]


def test_names_as_long_as_they_may_be_leave_room_for_their_results(tmp_path: Path) -> None:
    names = ["x" * 251, "x" * 250 + "y", "é" * 125, "z" * 244]
    inputs = collect([str(_tree(tmp_path / "in", *(f"{name}.pdf" for name in names)))], tmp_path / "out")
    assert len(set(_keys(inputs))) == 4
    assert "z" * 244 + ".json" in _keys(inputs)
    assert all(len(os.fsencode(error_key(key))) <= 255 for key in _keys(inputs))
    assert any(key.startswith("ééééé") for key in _keys(inputs))


def test_own_results_beside_the_inputs_are_no_files_of_another_kind(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "a.pdf", "a.json", "journal.sqlite", "notes.odt")
    assert collect([str(root)], root).others == 1


@pytest.mark.parametrize(
    "names",
    [
        ("a.pdf", "a.PDF"),
        ("a.pdf", "a.error.pdf"),
        ("a.pdf", "a.json/b.pdf"),
        ("journal.sqlite.pdf", "a.pdf"),
    ],
)
def test_two_inputs_with_one_output_are_refused_before_anything_starts(tmp_path: Path, names: tuple[str, str]) -> None:
    root = _tree(tmp_path / "in", *names)
    if "journal" in names[0]:
        assert len(collect([str(root)], tmp_path / "out").found) == 2  # journal.sqlite.json is another file
        return
    with pytest.raises(CollisionError):
        collect([str(root)], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_read_is_never_written(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "a.json", "a.pdf")
    with pytest.raises(CollisionError):
        collect([str(root / "a.json"), str(root / "a.pdf")], root)


def test_one_input_named_twice_is_one(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "a.pdf")
    assert _keys(collect([str(root), str(root / "a.pdf"), str(root / "*.pdf")], tmp_path / "out")) == ["a.json"]


def test_names_that_differ_by_case_alone_are_refused_where_the_disk_takes_them_for_one(tmp_path: Path) -> None:
    root = _tree(tmp_path / "in", "Bilan.pdf", "bilan.pdf")
    inputs = collect([str(root)], tmp_path / "out")
    if len(inputs.found) == 2:
        with pytest.raises(CollisionError):
            refuse_alike(inputs.found)


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/bilan-\xe9t\xe9.pdf"
    try:
        with open(path, "wb") as file:
            file.write(b"%PDF-")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (found,) = collect([str(tmp_path)], tmp_path / "out").found
    assert os.fsencode(found.key) == b"bilan-\xe9t\xe9.json"
    _tree(tmp_path, "bilan-\\xe9t\\xe9.pdf")  # in letters what the other one has as bytes: one name in the journal
    with pytest.raises(CollisionError):
        collect([str(tmp_path)], tmp_path / "out")
