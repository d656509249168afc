"""The command line as a user meets it: results, exit codes, one-line errors, help that runs."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import main
from tests.conftest import ROOT, Kg

COMMANDS = sorted(main.commands)
PAGE = "江州市召开大会\n\n江州日报讯(记者/许知远) 4月3日，市财政局局长杜海平到江州一中调研。\n"


def test_build_prints_what_it_made(exports: Path) -> None:
    summary = (exports.parent / "summary.txt").read_text(encoding="utf-8")
    for word in ("pages      5\n", "articles", "mentions", "entities", "facts", "validation conforms", "kg view"):
        assert word in summary
    assert sorted(p.name for p in exports.iterdir()) == [
        "build.json",
        "findings.jsonl",
        "graph.html",
        "graph.jsonld",
        "graph.nq",
        "graph.trig",
        "graph.ttl",
    ]


def test_two_builds_are_the_same_bytes(exports: Path, kg: Kg, tmp_path: Path) -> None:
    assert kg("build", "seeds", "-o", str(tmp_path / "again"), PYTHONHASHSEED="7").returncode == 0
    for file in exports.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_turtle_parses_in_rdflib_without_blank_nodes(exports: Path) -> None:
    graph = rdflib.Graph().parse(exports / "graph.ttl")
    assert len(graph) > 10_000
    assert not [t for triple in graph for t in triple if isinstance(t, rdflib.BNode)]


def test_validate(exports: Path, kg: Kg) -> None:
    done = kg("validate", str(exports))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "conforms"


def test_query_lists_who_holds_which_post(exports: Path, kg: Kg) -> None:
    done = kg("query", "who-holds-which-post", "-g", str(exports), "-f", "csv")
    assert done.returncode == 0
    rows = done.stdout.splitlines()
    assert len(rows) > 40
    assert any("江小忠" in row and "部长" in row and "中共株洲市委宣传部" in row for row in rows)


def test_explain_leads_back_to_the_page(exports: Path, kg: Kg) -> None:
    done = kg("explain", "江小忠", "-g", str(exports))
    assert done.returncode == 0
    for word in ("000_89fe7910880fc6b0", "3款“株洲礼物” 展现城市独特DNA", "市“三高”指挥部品牌推广组", "2023-03-16"):
        assert word in done.stdout
    unknown = kg("explain", "查无此人", "-g", str(exports))
    assert unknown.returncode == 1
    assert unknown.stdout == ""
    assert len(unknown.stderr.strip().splitlines()) <= 2


def test_export_formats(exports: Path, kg: Kg, tmp_path: Path) -> None:
    done = kg("export", "-g", str(exports), "-f", "ntriples")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 10_000
    target = tmp_path / "graph.ttl"
    assert kg("export", "-g", str(exports), "-o", str(target)).returncode == 0
    assert target.read_bytes() == (exports / "graph.ttl").read_bytes()


def test_extract_writes_what_the_scorer_reads(kg: Kg, tmp_path: Path) -> None:
    done = kg("extract", "seeds", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.split()] == [
        "articles.jsonl",
        "findings.jsonl",
        "mentions.jsonl",
        "relations.jsonl",
        "unasserted.jsonl",
    ]
    entities = set()
    for line in (tmp_path / "mentions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = (ROOT / "seeds" / f"{row['doc']}.txt").read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["text"]
        entities.add(row["entity"])
    relations = [json.loads(r) for r in (tmp_path / "relations.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(relations) > 100
    for row in relations:
        text = (ROOT / "seeds" / f"{row['doc']}.txt").read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["evidence"] != ""
    scored = kg("evaluate", "tests/gold", "--extracted", str(tmp_path))
    assert scored.returncode == 0
    assert "mentions strict" in scored.stdout


def test_evaluate_extracts_like_extract(kg: Kg, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for path in (ROOT / "tests" / "gold").glob("*.ann.txt"):
        name = path.name.replace(".ann", "")
        (pages / name).write_bytes((ROOT / "seeds" / name).read_bytes())
    (pages / "manifest.csv").write_bytes((ROOT / "tests" / "gold" / "manifest.csv").read_bytes())
    assert kg("extract", str(pages), "-o", str(tmp_path / "out")).returncode == 0
    scored = kg("evaluate", "tests/gold", "--extracted", str(tmp_path / "out"))
    assert kg("evaluate", "tests/gold").stdout == scored.stdout


def test_standard_input(kg: Kg, tmp_path: Path) -> None:
    done = kg("extract", "-", "-o", str(tmp_path), stdin=PAGE)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(r) for r in (tmp_path / "mentions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {r["doc"] for r in rows} == {"stdin"}
    assert "许知远" in {r["text"] for r in rows}


def test_a_bad_file_is_named_and_the_rest_is_built(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = kg("build", str(tmp_path), str(tmp_path / "missing.txt"), "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert [line.split(": ")[1].rsplit("/", 1)[1] for line in done.stderr.splitlines()] == ["empty.txt", "missing.txt"]
    assert (tmp_path / "out" / "graph.ttl").exists()
    findings = (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(f)["cause"] for f in findings] == ["empty-file", "no-such-file"]


@pytest.mark.parametrize(
    "args",
    [
        ["build", "missing.txt", "-o", "out"],
        ["extract", "missing.txt", "-o", "out"],
        ["query", "no-such-query"],
        ["query", "who-holds-which-post", "-g", "nowhere"],
        ["query", "who-holds-which-post", "-g", "nowhere", "-p", "broken"],
        ["view", "nowhere", "--no-open"],
        ["export", "-g", "nowhere"],
        ["validate", "nowhere"],
        ["explain", "甲", "-g", "nowhere"],
        ["evaluate", "nowhere"],
        ["review", "-g", "nowhere"],
        ["merge", "甲", "乙", "-g", "nowhere"],
        ["undo", "abc", "-g", "nowhere"],
        ["build", "seeds", "-o", "pyproject.toml/x"],
        ["build", "seeds", "--base", "no iri", "-o", "out"],
    ],
    ids=" ".join,
)
def test_bad_input_gives_one_line_and_a_hint(args: list[str], kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    done = kg(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert 1 <= len(done.stderr.strip().splitlines()) <= 2, done.stderr
    assert done.stderr.startswith("kg: ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("args", [["build"], ["frobnicate"], ["export", "-f", "docx"], ["build", "x", "--nonsense"]])
def test_bad_usage(args: list[str], kg: Kg) -> None:
    done = kg(*args)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_failed_build_leaves_the_last_one(exports: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    before = {p.name: p.read_bytes() for p in exports.iterdir()}
    assert kg("build", str(tmp_path / "bad.txt"), "-o", str(exports)).returncode == 2
    assert {p.name: p.read_bytes() for p in exports.iterdir()} == before


def test_help_fits_a_screen_and_every_command_has_an_example() -> None:
    runner = CliRunner()
    assert len(runner.invoke(main, ["--help"]).output.splitlines()) <= 30
    assert len(COMMANDS) >= 8
    for name in COMMANDS:
        text = runner.invoke(main, [name, "--help"]).output
        assert "Examples:" in text, name
        assert re.search(rf"^\s+(\S.*\| )?kg {name}\b", text, re.MULTILINE), name


@pytest.mark.parametrize(
    "name", [c for c in COMMANDS if c not in ("build", "extract", "evaluate", "merge", "split", "undo")]
)
def test_help_examples_run(name: str, exports: Path, kg: Kg, tmp_path: Path) -> None:
    epilog = main.commands[name].epilog or ""
    examples = [line.strip() for line in epilog.splitlines() if line.strip().startswith("kg ")]
    assert examples
    for folder in (exports, ROOT / "seeds"):
        (tmp_path / folder.name).symlink_to(folder)
    (tmp_path / "my.rq").write_text("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", encoding="utf-8")
    for example in examples:
        args = shlex.split(example.split("|")[0])[1:]
        if name == "view":
            args += ["--no-open", "-o", str(tmp_path / "copy.html")] if "-o" not in args else ["--no-open"]
        done = kg(*args, cwd=tmp_path)
        assert done.returncode == 0, (example, done.stderr)


def test_evaluate_can_print_json(kg: Kg) -> None:
    done = kg("evaluate", "tests/gold", "--gold-mentions", "--json")
    figures = json.loads(done.stdout)
    assert figures["mentions strict"]["f1"] == 1.0
    assert figures["relations detail byline"]["f1"] >= 0.95


def test_a_person_decides_and_the_decision_holds(kg: Kg, tmp_path: Path) -> None:
    page = (
        "江州市开会\n\n江州日报讯(记者/许知远) 4月3日,市财政局局长杜海平出席会议。\n\n"
        "税务部门介绍情况\n\n江州日报讯(记者/许知远) 4月5日,市财政局局长杜海萍强调,要抓落实。\n"
    )
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    assert kg("build", "page.txt", "-o", "out", cwd=tmp_path).returncode == 0
    listed = kg("review", "-g", "out", cwd=tmp_path)
    assert "杜海平 = 杜海萍?" in listed.stdout or "杜海萍 = 杜海平?" in listed.stdout
    merged = kg("merge", "杜海平", "杜海萍", "--misread", "--who", "甲", "--why", "同职", "-g", "out", cwd=tmp_path)
    assert merged.returncode == 0, merged.stderr
    log = (tmp_path / "out" / "decisions.jsonl").read_text(encoding="utf-8")
    assert "同职" in log
    assert kg("build", "page.txt", "-o", "out", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "decisions.jsonl").read_text(encoding="utf-8") == log
    told = kg("explain", "杜海萍", "-g", "out", cwd=tmp_path)
    assert told.returncode == 0
    assert told.stdout.splitlines()[0].startswith("杜海平")
    assert "杜海平 =" not in kg("review", "-g", "out", cwd=tmp_path).stdout
    lost = kg("review", "--import", "nowhere.csv", "-g", "out", cwd=tmp_path)
    assert (lost.returncode, lost.stderr) == (2, "kg: nowhere.csv: No such file or directory\n")
    assert kg("review", "--export", "questions.csv", "-g", "out", cwd=tmp_path).returncode == 0
    questions = (tmp_path / "questions.csv").read_text(encoding="utf-8")
    (tmp_path / "filled.csv").write_bytes(questions.encode("gb18030"))
    taken = kg("review", "--import", "filled.csv", "-g", "out", cwd=tmp_path)
    assert (taken.returncode, taken.stdout) == (0, "0 decisions taken; build again to see them\n")
    decision = re.findall(r"\[(\w+)\]", merged.stdout)[0]
    assert kg("undo", decision, "-g", "out", cwd=tmp_path).returncode == 0
    assert "undo" in kg("review", "--history", "-g", "out", cwd=tmp_path).stdout
    assert kg("undo", decision, "-g", "out", cwd=tmp_path).returncode == 2


def test_any_locale_prints_utf8(exports: Path, kg: Kg) -> None:
    done = kg("query", "who-holds-which-post", "-g", str(exports), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert "江小忠" in done.stdout
