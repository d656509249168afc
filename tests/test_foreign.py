"""Models of the user's own: small real HanLP models, and everything that can go wrong on the way to one."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model import Kind
from kg.recognise.decode import Evidence
from kg.recognise.foreign import Foreign, load_foreign
from kg.recognise.foreign.align import align, cut, readable
from kg.recognise.foreign.guard import cause
from kg.recognise.foreign.labels import choose, meaning, read, table
from kg.recognise.foreign.source import licence
from kg.tagger import MODEL
from tests import small_models

NAME = "MSRA_NER_ELECTRA_SMALL_ZH"
CACHED = "msra_ner_electra_small_20220215_205503"
UNITS = (Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def recurrent(place: Path) -> Path:
    return small_models.recurrent(place / "recurrent")


@pytest.fixture(scope="module")
def multi_task(place: Path) -> Path:
    return small_models.multi_task(place / "multi")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of HanLP's own."""
    monkeypatch.setenv("HANLP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def names(text: str, found: list[Evidence]) -> list[tuple[str, tuple[Kind, ...]]]:
    return [(text[e.start : e.end], e.kinds) for e in found]


def failing(name: str, *, allow_download: bool = False) -> KgError:
    """The error of a name that must not load, in one line and within three seconds."""
    before = time.monotonic()
    with pytest.raises(KgError) as caught:
        load_foreign(name, allow_download=allow_download)
    assert time.monotonic() - before < 3
    assert "\n" not in str(caught.value) + caught.value.hint
    return caught.value


# models


def test_a_recurrent_recogniser(recurrent: Path) -> None:
    model = load_foreign(str(recurrent))
    text = "赵文斌出席。李国强到青石镇调研。据介绍，孙 燕是白河水务公司的职工。今天天气很好。"
    (found,) = model.evidence([text])
    assert names(text, found) == [
        ("赵文斌", (Kind.PERSON,)),
        ("李国强", (Kind.PERSON,)),
        ("青石镇", (Kind.PLACE,)),
        ("孙 燕", (Kind.PERSON,)),
        ("白河水务公司", UNITS),
    ]
    assert {e.reason for e in found} == {"hanlp:msra"}
    assert [e.weight for e in found] == [3.0, 3.0, 2.5, 3.0, 2.5]
    assert model.unknown == {}


def test_half_and_full_width_are_read_as_the_model_has_them(recurrent: Path) -> None:
    model = load_foreign(str(recurrent))
    for text in ("据介绍，和平路8号下雨了。", "据介绍,和平路８号下雨了。"):
        assert names(text, model.evidence([text])[0]) == [("和平路" + text[7] + "号", (Kind.PLACE,))]


def test_a_blank_parts_names(recurrent: Path, multi_task: Path) -> None:
    text = "记者张丽 孙燕　赵文斌从东岭商会获悉，钱安 钱安在工作。"
    for folder in (recurrent, multi_task):
        found = names(text, load_foreign(str(folder)).evidence([text])[0])
        assert sum(kinds == (Kind.PERSON,) for _, kinds in found) >= 2
        assert not [name for name, _ in found if " " in name or "　" in name]


def test_order_and_emptiness(recurrent: Path) -> None:
    model = load_foreign(str(recurrent))
    texts = ["", "　\n ", "张丽到东岭调研。", "", "今天天气很好。"]
    found = model.evidence(texts)
    assert [len(f) for f in found] == [0, 0, 2, 0, 0]
    assert model.evidence([]) == []
    assert found[2] == model.evidence(["张丽到东岭调研。"])[0] == sorted(found[2], key=lambda e: e.start)


def test_a_crf_with_swapped_axes_is_mended(place: Path) -> None:
    model = load_foreign(str(small_models.recurrent(place / "crf", crf=True)))
    right = total = 0
    for tagged in small_models.sentences(40, seed=5):
        text = "".join(char for char, _ in tagged)
        people = {n for n, (_, tag) in enumerate(tagged) if tag == "B-PERSON"}
        right += len(people & {e.start for e in model.evidence([text])[0] if e.kinds == (Kind.PERSON,)})
        total += len(people)
    assert total >= 20
    assert right / total > 0.5  # none without mending


def test_a_recogniser_of_words(place: Path) -> None:
    model = load_foreign(str(small_models.recurrent(place / "words", words=True)))
    text = "李国强到南江市教育局。据介绍，王 小川在白河县。"
    assert names(text, model.evidence([text])[0]) == [
        ("李国强", (Kind.PERSON,)),
        ("南江市教育局", UNITS),
        ("王 小川", (Kind.PERSON,)),
        ("白河县", (Kind.PLACE,)),
    ]


def test_a_multi_task_model(multi_task: Path) -> None:
    model = load_foreign(str(multi_task))
    text = "　钱安昨日在，云 州市水利局工作。ＡＢ在彗工作。龘钱\u200b安"
    (found,) = model.evidence([text])
    assert names(text, found) == [
        ("钱安", (Kind.PERSON,)),
        ("云 州市", (Kind.PLACE,)),
        ("水利局", UNITS),
        ("钱\u200b安", (Kind.PERSON,)),
    ]
    assert model.unknown == {"STAR": 1}  # 昨日 is a DATE, which is known and of no use
    assert {e.reason for e in found} == {"hanlp:msra"}


def test_the_task_names_the_label_set(place: Path) -> None:
    model = load_foreign(str(small_models.multi_task(place / "onto", task="ner/ontonotes")))
    assert [(e.reason, e.weight) for e in model.evidence(["云州市"])[0]] == [("hanlp:ontonotes", 2.0)]


def test_a_multi_task_model_without_word_segmentation(place: Path) -> None:
    model = load_foreign(str(small_models.multi_task(place / "bare", task="ner", tokenize=False)))
    text = "彗在，云 州市"
    assert names(text, model.evidence([text])[0]) == [("云", (Kind.PLACE,)), ("州市", (Kind.PLACE,))]
    assert model.unknown == {"STAR": 1}


def test_a_transformer_of_characters(place: Path) -> None:
    model = load_foreign(str(small_models.character_transformer(place / "chars")))
    text = "钱安在，云 州市水利局工作。ＡＢ在工作。ab。"
    assert names(text, model.evidence([text])[0]) == [
        ("钱安", (Kind.PERSON,)),
        ("云 州市", (Kind.PLACE,)),
        ("水利局", UNITS),
        ("ＡＢ", (Kind.PERSON,)),
        ("ab", (Kind.PERSON,)),
    ]


def test_long_texts_keep_their_offsets(multi_task: Path) -> None:
    model = load_foreign(str(multi_task))
    text = "钱安在工作" * 30 + "。" + "云州市。" * 40  # longer than the 62 characters that the model takes
    found = model.evidence([text])[0]
    assert [e.start for e in found] == [*range(0, 150, 5), *range(151, 311, 4)]
    assert {text[e.start : e.end] for e in found} == {"钱安", "云州市"}


def test_our_own_model_is_one_too() -> None:
    model = load_foreign(str(MODEL))
    found = model.evidence(["本报讯（记者李国强）昨日，市委书记张建国到水利局调研。"])[0]
    assert {e.reason for e in found} == {"hanlp:kg"}
    assert Kind.PERSON in {kind for e in found for kind in e.kinds}
    assert model.unknown == {}


def test_nothing_is_printed(multi_task: Path, recurrent: Path) -> None:
    code = (
        "import sys; from kg.recognise.foreign import load_foreign\n"
        "for name in sys.argv[1:]: load_foreign(name).evidence(['钱安在云州市工作。' * 100])"
    )
    run = [sys.executable, "-c", code, str(multi_task), str(recurrent)]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", check=False, cwd=Path(__file__).parent.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# names, folders and the network


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("", "no HanLP model is named", "give a folder"),
        ("./nowhere", "./nowhere: no such folder", "give a folder"),
        (__file__, f"{__file__}: a file, not a folder", "unpack"),
        (str(Path(__file__).parent), "no config.json, so no HanLP model", "save()"),
        ("MSRA_NER_ELECTRA_SMAL_ZH", "neither a folder nor a HanLP model", f"did you mean {NAME}?"),
        ("something else", "neither a folder nor a HanLP model", NAME),
        ("CTB9_POS_ELECTRA_SMALL", "it recognises no names", "give a folder"),
        (NAME, f"{NAME} is not in HanLP's folder", "--allow-download"),
        (f"hanlp.pretrained.ner.{NAME}", CACHED, "--allow-download"),
        ("https://models.invalid/own.zip", "thirdparty/models.invalid/own", "--allow-download"),
    ],
)
def test_what_is_not_there(home: Path, name: str, message: str, hint: str) -> None:
    error = failing(name)
    assert message in str(error)
    assert hint in error.hint
    assert not home.exists()


@pytest.mark.parametrize("name", [NAME, "https://models.invalid/own.zip"])
def test_no_network(home: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    error = failing(name, allow_download=True)
    assert str(error).startswith("cannot fetch https://")
    assert "check the connection to" in error.hint


def test_a_name_server_that_never_answers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    done = threading.Event()

    def hangs(*_: object, **__: object) -> None:
        done.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    error = failing(NAME, allow_download=True)
    done.set()
    assert "no answer within 2 seconds" in str(error)


def test_hanlps_folder_is_looked_into(home: Path, recurrent: Path) -> None:
    shutil.copytree(recurrent, home / "ner" / CACHED)
    assert isinstance(load_foreign(NAME), Foreign)
    shutil.rmtree(home / "ner" / CACHED)
    shutil.make_archive(str(home / "ner" / CACHED), "zip", recurrent.parent, recurrent.name)  # fetched by hand
    assert len(load_foreign(f"ner.{NAME.lower()}").evidence(["张丽到东岭调研。"])[0]) == 2
    assert (home / "ner" / CACHED / "config.json").is_file()


def test_a_broken_copy_in_hanlps_folder(home: Path) -> None:
    (home / "ner" / CACHED).mkdir(parents=True)
    assert "fetch it anew" in failing(NAME).hint


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Callable[[], str]]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    (tmp_path / "www").mkdir()
    handler = functools.partial(Quiet, directory=str(tmp_path / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield lambda: f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_fetching_a_model(
    home: Path, recurrent: Path, tmp_path: Path, server: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.make_archive(str(tmp_path / "www" / "own"), "zip", recurrent.parent, recurrent.name)
    url = f"{server()}/own.zip"
    model = load_foreign(url, allow_download=True)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"kg: mind the licence of the model: {url}", f"kg: fetching {url}"]
    assert len(model.evidence(["张丽到东岭调研。"])[0]) == 2
    shutil.rmtree(tmp_path / "www")
    assert isinstance(load_foreign(url), Foreign)  # from HanLP's folder now


def test_the_licence_of_hanlps_models_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    licence("https://file.hankcs.com/hanlp/ner/some.zip")
    assert "research and teaching only" in capsys.readouterr().err


def test_a_wrong_url(home: Path, server: Callable[[], str]) -> None:
    error = failing(f"{server()}/own.zip", allow_download=True)
    assert str(error).endswith("it answers 404 File not found")
    assert error.hint.startswith("check the name")


# folders that hold no good model


def changed(model: Path, to: Path, **config: object) -> str:
    """A copy of a model with another configuration."""
    shutil.copytree(model, to)
    content = json.loads((to / "config.json").read_text(encoding="utf-8")) | config
    (to / "config.json").write_text(json.dumps(content), encoding="utf-8")
    return str(to)


def test_the_true_cause_is_told(recurrent: Path, tmp_path: Path) -> None:
    wrong = changed(recurrent, tmp_path / "wrong", classpath="hanlp.components.ner.no_such.Recogniser")
    assert "HanLP failed: ModuleNotFoundError" in str(failing(wrong))
    bare = changed(recurrent, tmp_path / "bare")
    (tmp_path / "bare" / "model.pt").unlink()
    assert "model.pt" in str(failing(bare))
    (tmp_path / "bare" / "config.json").write_text("{", encoding="utf-8")
    assert "config.json: not JSON" in str(failing(bare))


def test_a_tensorflow_model(tmp_path: Path) -> None:
    meta = {"class_path": "hanlp.components.ner_tf.TransformerNamedEntityRecognizerTF", "hanlp_version": "2.0.0"}
    (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    assert "tensorflow" in str(failing(str(tmp_path)))


def test_models_of_another_trade(recurrent: Path, multi_task: Path, tmp_path: Path) -> None:
    tagger = changed(recurrent, tmp_path / "pos", classpath="hanlp.components.taggers.rnn_tagger.RNNTagger")
    assert "recognises no names" in str(failing(tagger))
    content = json.loads((multi_task / "config.json").read_text(encoding="utf-8"))
    content["task_names"].remove("ner/msra")
    del content["ner/msra"]
    shutil.copytree(multi_task, tmp_path / "tok")
    (tmp_path / "tok" / "config.json").write_text(json.dumps(content), encoding="utf-8")
    assert "without a task of named entities" in str(failing(str(tmp_path / "tok")))


def test_a_transformer_that_is_missing(multi_task: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.loads((multi_task / "config.json").read_text(encoding="utf-8"))
    hub = changed(multi_task, tmp_path / "hub", encoder=content["encoder"] | {"transformer": "nobody/no-such-bert"})
    assert "needs the transformer nobody/no-such-bert" in str(failing(hub))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert "cannot fetch http://127.0.0.1:9" in str(failing(hub, allow_download=True))
    lost = changed(multi_task, tmp_path / "lost", encoder=content["encoder"] | {"transformer": "/no/such/bert"})
    assert "the transformer /no/such/bert is not there" in str(failing(lost))


def test_a_resource_that_hanlp_would_fetch(home: Path, multi_task: Path, tmp_path: Path) -> None:
    content = json.loads((multi_task / "config.json").read_text(encoding="utf-8"))
    url = "https://models.invalid/table.json"
    transform = {"classpath": "hanlp.common.transform.NormalizeCharacter", "mapper": url, "src": "token"}
    needy = changed(multi_task, tmp_path / "needy", **{"tok/fine": content["tok/fine"] | {"transform": transform}})
    error = failing(needy)
    assert str(error) == f"{needy} needs {url}, which is not in HanLP's folder"
    assert "--allow-download" in error.hint


def test_a_missing_pkg_resources_does_not_hide_the_cause() -> None:
    hidden = ModuleNotFoundError("No module named 'pkg_resources'", name="pkg_resources")
    hidden.__context__ = ValueError(f"no such layer\n{'ERROR LOG ENDS':=^80}")
    assert cause(hidden) == "ValueError: no such layer"
    assert cause(SystemExit(1)) == "SystemExit: 1"


# offsets and labels


@pytest.mark.parametrize(
    ("text", "tokens", "pieces"),
    [
        ("张三在北京", ["张三", "在", "北京"], ["张三", "在", "北京"]),
        ("张　三 在ＡＢ", ["张三", "在", "ab"], ["张　三", "在", "ＡＢ"]),
        ("ﬁ㎡…好", ["fi", "m2", "...", "好"], ["ﬁ", "㎡", "…", "好"]),
        ("龘在𠮷州", ["[UNK]", "在", "[UNK]", "州"], ["龘", "在", "𠮷", "州"]),
        ("Martin到", ["Mar", "##tin", "到"], ["Mar", "tin", "到"]),
        ("张\u200b三\ufeff到", ["张三", "到"], ["张\u200b三", "到"]),
        ("龘麤三", ["[UNK]", "[UNK]", "三"], ["", "", "三"]),  # where one ends is not known
        ("张三", ["张三", "[SEP]"], ["张三", ""]),
        ("", [], []),
    ],
)
def test_tokens_are_led_back_to_the_text(text: str, tokens: list[str], pieces: list[str]) -> None:
    found = [text[start:end] if start is not None and end is not None else "" for start, end in align(tokens, text)]
    assert found == pieces


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("记者 张三 李四", "记者　张三　李四"),
        ("张　三到", "张三到"),
        ("，王 小川", "，王小川"),
        ("　张三　　李四 ", "张三　李四"),
        ("张\u200b三\ufeff李\n四", "张三李四"),
        ("姓名\n李四\u200b 王 五，Ann Lee到", "姓名　李四王五，Ann Lee到"),
        ("\ue123某到\x00", "\ue123某到"),
        ("", ""),
    ],
)
def test_what_a_model_reads(text: str, read_as: str) -> None:
    found = readable(text)
    assert "".join(char for char, _ in found) == read_as
    assert all(char == text[n] or (char.isspace() and text[n].isspace()) for char, n in found)


def test_cuts_lose_nothing() -> None:
    text = "甲乙丙，" * 20 + "丁" * 30 + "。“戊己！”庚辛；壬\n癸"
    for limit in (5, 16, 62, 510):
        spans = list(cut(text, limit))
        assert "".join(text[start:end] for start, end in spans) == text
        assert max(end - start for start, end in spans) <= limit
    text = "甲。乙！”丙"
    assert [text[start:end] for start, end in cut(text, 510)] == ["甲。", "乙！”", "丙"]
    assert list(cut("甲乙丙，丁戊", 5)) == [(0, 4), (4, 6)]


def test_labels() -> None:
    assert list(table()) == ["kg", "msra", "pku", "ontonotes", "conll"]
    assert choose("ner/pku", ()) == "pku"
    assert choose("ner", ["O", "PER", "LOC", "ORG", "MISC"]) == "conll"
    assert choose("", ["PERSON", "GPE", "WORK_OF_ART"]) == "ontonotes"
    assert choose("", ["NR", "NS", "NT"]) == "msra"
    assert choose("", ["STAR"]) == ""
    expected = {
        ("msra", "PERSON"): (Kind.PERSON,),
        ("pku", "ns"): (Kind.PLACE,),
        ("ontonotes", "Work_of_Art"): (),
        ("conll", "ORG"): UNITS,
        ("kg", "ORG"): (Kind.ORGANIZATION,),
        ("", "nt"): UNITS,
    }
    for (chosen, label), kinds in expected.items():
        found = meaning(chosen, label)
        assert found is not None
        assert found.kinds == kinds
    assert meaning("msra", "STAR") is None
    assert all((row.weight > 0) == bool(row.kinds) for rows in table().values() for row in rows.values())


def test_a_bad_table_names_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "labels.tsv"
    head = "set\tlabel\tkinds\tweight\tnote\n"
    for content, message in (
        ("label\n", "labels.tsv: the first row"),
        (head + "# why\nmsra\tPERSON\tHuman\t3\t\n", "labels.tsv:3: 'Human'"),
        (head + "msra\tPERSON\tPerson\tmuch\t\n", "labels.tsv:2: could not convert"),
        (head + "msra\tPERSON\n", "labels.tsv:2: "),
        (head + "msra\tA\t-\t0\t\nmsra\ta\t-\t0\t\n", "labels.tsv:3: a stands twice"),
    ):
        bad.write_text(content, encoding="utf-8")
        with pytest.raises(KgError, match=message):
            read(bad)


def test_torch_is_not_needed_to_say_no() -> None:
    code = (
        "import sys\nfrom kg.recognise.foreign import load_foreign\n"
        f"try: load_foreign('{NAME}')\nexcept Exception as e: print(type(e).__name__, 'torch' in sys.modules)"
    )
    env = {**os.environ, "HANLP_HOME": "/nonexistent"}
    root = Path(__file__).parent.parent
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", env=env, cwd=root, check=False)
    assert done.stdout == "KgError False\n", done.stderr
