"""The viewer: what the page holds, and what a real browser makes of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as og
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from kg.errors import KgError
from kg.graph import build_quads
from kg.model import Archive, Entity, Kind, Relation
from kg.view import content, view_html
from kg.view.layout import Box, place
from kg.view.page import SCRIPTS, STYLES, embedded, labels
from kg.view.records import HERE, read_graph
from kg.vocabulary import KG
from tests.archives import BRIDGE, HOUSING, LU, WATER, small_archive
from tests.browser import chromium, resize

HOSTILE = (
    "</script><img src=x onerror=document.title='owned'>",
    '"><b>bold</b>',
    "<!--<script>document.title='owned'</script>",
    "{{ 7 * 7 }}\u2028{% raw %}\u2029`${document.title='owned'}`",
    "href='javascript:document.title=1' __proto__",
)


def store_of(archive: Archive) -> og.Store:
    store = og.Store()
    store.extend(build_quads(archive))
    return store


def rows(html: str, name: str) -> Any:
    found = re.search(f'<script id="{name}" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def page() -> str:
    return view_html(store_of(small_archive()))


# ---------------------------------------------------------------- the page as text


def test_the_page_carries_every_entity_fact_and_quotation(page: str) -> None:
    data = rows(page, "data")
    assert len(data["entities"]) == 14  # the private person is not in the graph
    assert len(data["facts"]) == 19
    assert sum(len(fact[11]) for fact in data["facts"]) == 22
    assert [article[1] for article in data["articles"]] == [
        "青河市召开项目推进会", "人事任免", "乔安走访江北区", "企业简讯",
    ]  # fmt: skip
    assert data["pages"][0] == ["day1.txt", "青河日报", "2024-03-02", "01"]
    housing = next(row for row in data["entities"] if row[2] == HOUSING.name)
    assert (housing[3], housing[4]) == (["市住建局"], ["市住建居"])
    visit = next(f for f in data["facts"] if data["relations"][f[0]][0] == "visit" and f[4] == "2024-03-01")
    [[article, line, prefix, exact, suffix, confidence, modality]] = visit[11]
    assert data["articles"][article][1] == "青河市召开项目推进会"
    assert (line, exact, suffix, confidence) == (3, "陆明远调研青河大桥项目", "。", 0.8)
    assert prefix.endswith("3月1日，市住建局局长")
    assert data["modalities"][modality][0] == "asserted"


def test_the_first_view_draws_what_facts_join(page: str) -> None:
    names = [row[2] for row in rows(page, "data")["entities"]]
    drawn = sorted(names[node["id"]] for node in rows(page, "nodes"))
    assert len(drawn) == 12
    assert {"韩小溪", "青河市"}.isdisjoint(drawn)  # a byline and a mere mention: search finds them
    assert len(rows(page, "edges")) == 11
    assert all(edge["arrows"] == "to" for edge in rows(page, "edges"))


def test_the_page_names_nothing_outside_itself(page: str) -> None:
    own = page.replace(re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1], "")  # type: ignore[index]
    assert not re.findall(r"""(?:src|href)=["'](?!#|data:)""", own)
    assert set(re.findall(r"https?://[\w./-]+", own)) == {"http://www.w3.org/2000/svg"}
    assert "sourceMappingURL" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert len(page.encode("utf-8")) < 700_000


def test_the_same_graph_gives_the_same_bytes(page: str) -> None:
    quads = build_quads(small_archive())
    store = og.Store()
    store.extend(reversed(quads))
    assert view_html(store) == page
    code = (
        "import sys, hashlib, pyoxigraph as og; from kg.graph import build_quads\n"
        "from tests.archives import small_archive\n"
        "from kg.view import view_html; s = og.Store(); s.extend(build_quads(small_archive()))\n"
        "print(hashlib.sha256(view_html(s).encode()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(sums) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_embedded_json_cannot_leave_its_element(name: str) -> None:
    text = embedded({"name": name})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"name": name}


def test_limits_are_kept_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = read_graph(store_of(small_archive()))
    for limit, value in (("FIRST_VIEW", 5), ("QUOTES", 20), ("PER_FACT", 1), ("MENTIONS", 12), ("PER_ENTITY", 2)):
        monkeypatch.setattr(content, limit, value)
    nodes, edges, data = content.gather(graph)
    assert 2 <= len(nodes) <= 5
    assert {end for edge in edges for end in (edge["from"], edge["to"])} == {node["id"] for node in nodes}
    monkeypatch.setattr(content, "FIRST_VIEW", 480)
    monkeypatch.setattr(content, "FIRST_EDGES", 4)
    assert 2 <= len(content.gather(graph)[1]) <= 4
    assert len(data["entities"]) == 14 and len(data["facts"]) == 19
    assert max(len(fact[11]) for fact in data["facts"]) == 1
    assert sum(fact[10] for fact in data["facts"]) == 22
    assert sum(len(row[9]) for row in data["entities"]) == 12
    assert max(len(row[9]) for row in data["entities"]) == 2


def test_a_graph_that_breaks_the_shapes_is_refused() -> None:
    store = store_of(small_archive())
    store.remove_graph(og.NamedNode("https://kg.example/id/graph-entities"))
    with pytest.raises(KgError, match="joins an entity that the graph lacks"):
        view_html(store)
    strange = store_of(small_archive())
    old = next(iter(strange.quads_for_pattern(None, og.NamedNode(str(KG.relation)), None, None)))
    strange.remove(old)
    strange.add(og.Quad(old.subject, old.predicate, og.NamedNode(str(KG) + "relation-likes"), old.graph_name))
    with pytest.raises(KgError, match="no relation"):
        view_html(strange)


def test_every_word_of_the_page_exists_in_both_languages() -> None:
    known = labels()
    assert all(zh and en for zh, en in known.values())
    script = "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    html = (HERE / "page.html").read_text(encoding="utf-8")
    used = set(re.findall(r'say\("([^"]+)"', script)) | set(re.findall(r'data-(?:text|title)="([^"]+)"', html))
    assert len(used) > 45
    assert used <= set(known)
    assert {f"object.{r}" for r in Relation if r not in ("amount", "honour", "byline")} <= set(known)


# ---------------------------------------------------------------- colours and layout


def _linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def _lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    """CIELAB of linear sRGB, clipped to what a screen can show."""
    r, g, b = (min(1.0, max(0.0, c)) for c in rgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


# Machado, Oliveira and Fernandes 2009, full severity.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@pytest.mark.parametrize("sight", SIGHTS)
def test_kinds_stay_apart_for_colour_blind_readers(sight: str) -> None:
    seen = [
        _lab(tuple(sum(m * c for m, c in zip(row, _linear(colour), strict=True)) for row in SIGHTS[sight]))
        for colour, _ in STYLES.values()
    ]
    nearest = min(
        sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5 for i, a in enumerate(seen) for b in seen[i + 1 :]
    )
    assert nearest > 14  # CIE76; about 2 is a just noticeable difference
    assert len({shape for _, shape in STYLES.values()}) == len(Kind)


def test_text_has_contrast() -> None:
    css = (HERE / "page.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w{6});", css))

    def light(name: str) -> float:
        r, g, b = _linear(colours[name])
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for text in ("ink", "soft", "accent"):
        for ground in ("paper", "sheet"):
            assert (light(ground) + 0.05) / (light(text) + 0.05) > 5.5
    assert (light("mark") + 0.05) / (light("ink") + 0.05) > 7


def test_labels_do_not_lie_on_one_another() -> None:
    # Five stars of nine, a chain between their centres, pairs and two lonely nodes.
    edges = [(10 * star, 10 * star + leaf) for star in range(5) for leaf in range(1, 10)]
    edges += [(10 * star, 10 * star + 10) for star in range(4)]
    edges += [(60 + 2 * i, 61 + 2 * i) for i in range(12)]
    boxes = {n: Box(130.0, 50.0) for n in [*range(50), *range(60, 84), 90, 91]}
    positions = place(edges, boxes)
    assert positions == place(reversed(edges), boxes)
    assert set(positions) == set(boxes)
    on_one_another = [
        (a, b)
        for a in positions for b in positions
        if a < b
        and abs(positions[a][0] - positions[b][0]) < 128
        and abs(positions[a][1] - positions[b][1]) < 48
    ]  # fmt: skip
    assert on_one_another == []
    width = max(x for x, _ in positions.values()) - min(x for x, _ in positions.values())
    height = max(y for _, y in positions.values()) - min(y for _, y in positions.values())
    assert 0.8 < width / height < 2.6
    assert place([], {}) == {}
    assert place([], {3: Box(10, 10)}) == {3: (0, 0)}


# ---------------------------------------------------------------- the page in a browser


@pytest.fixture(scope="module")
def window() -> Iterator[Chrome]:
    with chromium() as driver:
        yield driver


Open = Callable[[str], Chrome]


@pytest.fixture
def visit(window: Chrome, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from the disk; afterwards nothing may have been logged or asked of a network."""

    def open_page(html: str) -> Chrome:
        resize(window, (1280, 800))
        for log in ("browser", "performance"):
            window.get_log(log)  # type: ignore[no-untyped-call]
        path = tmp_path / "graph.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        window.get(path.as_uri())
        return window

    yield open_page
    assert window.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert window.execute_script("return performance.getEntriesByType('resource').map((e) => e.name)") == []
    for entry in window.get_log("performance"):  # type: ignore[no-untyped-call]
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            assert message["params"]["request"]["url"].startswith(("file:///", "data:"))
    window.get("about:blank")


def text_of(driver: Chrome, selector: str) -> str:
    return driver.find_element(By.CSS_SELECTOR, selector).text


def wait_for(driver: Chrome, selector: str, words: str) -> None:
    WebDriverWait(driver, 5).until(lambda d: words in text_of(d, selector))


def find(driver: Chrome, name: str) -> None:
    box = driver.find_element(By.ID, "search")
    box.clear()
    box.send_keys(name, Keys.ENTER)


def click_canvas(driver: Chrome, x: float, y: float, times: int = 1) -> None:
    """Clicks at a place given in the graph's own coordinates."""
    spot = driver.execute_script(
        "const at = kgViewer.network().canvasToDOM({x: arguments[0], y: arguments[1]});"
        "const box = document.getElementById('canvas').getBoundingClientRect();"
        "return {x: Math.round(box.left + at.x), y: Math.round(box.top + at.y)}",
        x, y,
    )  # fmt: skip
    actions = move_to(driver, spot["x"], spot["y"])
    for _ in range(times):
        actions.click()
    actions.perform()


def move_to(driver: Chrome, x: int, y: int) -> ActionChains:
    actions = ActionChains(driver)
    actions.w3c_actions.pointer_action.move_to_location(x, y)  # type: ignore[no-untyped-call]
    return actions


def node_named(driver: Chrome, name: str) -> dict[str, Any]:
    found: dict[str, Any] = driver.execute_script(
        "const n = kgViewer.nodes().get({filter: (each) => each.title.startsWith(arguments[0])})[0];"
        "return n && {...kgViewer.network().getPositions([n.id])[n.id], id: n.id, hidden: n.hidden}",
        name,
    )
    return found


def test_the_graph_is_drawn_as_planned(visit: Open, page: str) -> None:
    driver = visit(page)
    assert driver.title == "报纸知识图谱"
    drawn = driver.execute_script(
        "return kgViewer.nodes().get().map((n) => ({id: n.id, size: n.size, font: n.font.size, label: n.label,"
        " ...kgViewer.network().getPositions([n.id])[n.id]}))"
    )
    planned = [
        {"id": n["id"], "size": n["size"], "font": n["font"]["size"], "label": n["label"], "x": n["x"], "y": n["y"]}
        for n in rows(page, "nodes")
    ]
    assert drawn == planned
    coloured = driver.execute_script(
        "const c = document.querySelector('canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width,"
        " c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4)"
        " if (d[i] === 200 && d[i + 1] === 85 && d[i + 2] === 61) n += 1; return n"
    )
    assert coloured > 300  # the colour of people
    edges = driver.execute_script("return kgViewer.edges().get().map((e) => e.label)")
    assert {"任职 局长\n免职 局长", "持股 51%", "位于", "走访调研", "签约", "隶属"} <= set(edges)
    assert "图中 12 / 共 14 个实体，其余 2 个可搜索" in text_of(driver, "#drawn")


def test_search_opens_the_card_with_its_evidence(visit: Open, page: str) -> None:
    driver = visit(page)
    find(driver, "陆明远")
    wait_for(driver, "#panel h2", LU.name)
    card = text_of(driver, "#panel")
    for words in ("人物", "任职", "免职", "走访调研", HOUSING.name, "局长", "现任", "2024-03-02", BRIDGE.name):
        assert words in card
    quotes = [
        (q.find_element(By.TAG_NAME, "mark").text, q.find_element(By.TAG_NAME, "blockquote").text)
        for q in driver.find_elements(By.CSS_SELECTOR, "#panel .evidence")
        if q.is_displayed()
    ]
    words = "免去陆明远的市住建局局长职务"
    assert (words, f"3月2日，任命方知秋为市教育局局长，{words}。") in quotes
    place = "青河日报 · 2024-03-02 · 第 01 版 · day1.txt · 第 8 行 · 置信度 0.80"
    assert place in card.replace("\u00a0", " ")
    assert driver.execute_script("return document.activeElement.textContent") == LU.name


@pytest.mark.parametrize(
    ("typed", "name"), [("市住建居", HOUSING.name), ("青河一中", "青河市第一中学"), ("韩小", "韩小溪")]
)
def test_search_knows_other_names_and_what_is_not_drawn(visit: Open, page: str, typed: str, name: str) -> None:
    driver = visit(page)
    find(driver, typed)
    wait_for(driver, "#panel h2", name)
    assert node_named(driver, name)["hidden"] is False


def test_search_works_with_the_keyboard_and_says_when_it_finds_nothing(visit: Open, page: str) -> None:
    driver = visit(page)
    box = driver.find_element(By.ID, "search")
    box.send_keys("乔安", Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert len(driver.find_elements(By.CSS_SELECTOR, "#hits li")) == 2  # two people of that name stay two
    assert box.get_attribute("aria-activedescendant") == "hit-1"
    box.send_keys(Keys.ENTER)
    wait_for(driver, "#panel h2", "乔安")
    box.clear()
    box.send_keys("无此人")
    assert text_of(driver, "#hits-note") == "没有找到“无此人”"
    box.send_keys(Keys.ESCAPE)
    assert not driver.find_element(By.ID, "found").is_displayed()


def test_a_click_shows_the_card_of_a_node_and_of_an_edge(visit: Open, page: str) -> None:
    driver = visit(page)
    water = node_named(driver, WATER.name)
    click_canvas(driver, water["x"], water["y"])
    wait_for(driver, "#panel h2", WATER.name)
    assert "节水先锋" in text_of(driver, "#panel")  # a fact without an object stands in the card
    builder = node_named(driver, "青河建设集团有限公司")
    click_canvas(driver, (3 * water["x"] + 2 * builder["x"]) / 5, (3 * water["y"] + 2 * builder["y"]) / 5)
    wait_for(driver, "#panel", "51%")
    assert text_of(driver, "#panel mark") == "持有北岸水务有限公司51%股权"
    driver.find_element(By.CSS_SELECTOR, "#panel .headline").click()
    wait_for(driver, "#panel h2", "企业简讯")
    driver.back()
    wait_for(driver, "#panel", "51%")


def test_doubtful_claims_are_marked(visit: Open, page: str) -> None:
    driver = visit(page)
    find(driver, BRIDGE.name)
    wait_for(driver, "#panel h2", BRIDGE.name)
    card = text_of(driver, "#panel")
    assert "12.5 亿元" in card and "20 亿元" in card
    assert driver.find_element(By.CSS_SELECTOR, "#panel .tag.doubt").text == "引述"


def test_filters_hide_kinds_and_relations(visit: Open, page: str) -> None:
    driver = visit(page)
    people = driver.find_element(By.CSS_SELECTOR, "#kinds button")
    assert people.text.split() == ["人物", "5"]
    people.click()
    assert people.get_attribute("aria-pressed") == "false"
    assert node_named(driver, LU.name)["hidden"] is True
    assert node_named(driver, BRIDGE.name)["hidden"] is False
    shown = "return kgViewer.edges().get().filter((e) => !e.hidden).length"
    assert driver.execute_script(shown) == 5
    find(driver, LU.name)  # to look for somebody is to want to see them
    wait_for(driver, "#panel h2", LU.name)
    assert node_named(driver, LU.name)["hidden"] is False
    driver.find_element(By.ID, "relations").click()
    driver.find_element(By.ID, "relations-none").click()
    assert driver.execute_script(shown) == 0
    driver.find_element(By.CSS_SELECTOR, "#relation-list label").click()
    labels_shown = driver.execute_script("return kgViewer.edges().get().filter((e) => !e.hidden).map((e) => e.label)")
    assert sorted(labels_shown) == ["任职 副市长", "任职 局长", "任职 局长", "任职 教师 …"]


def test_neighbours_open_on_demand(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "FIRST_VIEW", 3)
    driver = visit(view_html(store_of(small_archive())))

    def drawn() -> int:
        found: int = driver.execute_script("return kgViewer.nodes().length")
        return found

    assert drawn() == 2
    find(driver, "方知秋")  # who stands beside what is drawn already
    wait_for(driver, "#panel h2", "方知秋")
    assert drawn() == 3
    education = node_named(driver, "青河市教育局")
    click_canvas(driver, education["x"], education["y"])
    wait_for(driver, "#panel h2", "青河市教育局")
    driver.find_element(By.ID, "expand").click()
    assert drawn() == 4
    assert driver.find_elements(By.ID, "expand") == []
    school = node_named(driver, "青河市第一中学")
    click_canvas(driver, school["x"], school["y"], times=2)
    WebDriverWait(driver, 5).until(lambda _: drawn() == 5)
    driver.find_element(By.ID, "reset").click()
    assert drawn() == 2


def test_the_page_speaks_english(visit: Open, page: str) -> None:
    driver = visit(page)
    driver.find_element(By.ID, "language").click()
    assert driver.title == "Newspaper knowledge graph"
    assert "12 of 14 entities drawn" in text_of(driver, "#drawn")
    find(driver, BRIDGE.name)
    wait_for(driver, "#panel", "CNY 1.25 billion")
    card = text_of(driver, "#panel")
    assert "Project" in card and "Visited by" in card and "quoted" in card
    assert driver.execute_script("return document.documentElement.lang") == "en"
    assert "holds the post 局长\nis removed from 局长" in driver.execute_script(
        "return kgViewer.edges().get().map((e) => e.label)"
    )


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_nothing_runs_over_the_edge(visit: Open, page: str, size: tuple[int, int]) -> None:
    driver = visit(page)
    resize(driver, size)
    find(driver, LU.name)
    wait_for(driver, "#panel h2", LU.name)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= size[0]
    for selector in ("#search", "#language", "#canvas", "#panel h2", "#relations", "#fit"):
        box = driver.find_element(By.CSS_SELECTOR, selector).rect
        assert box["width"] > 0 and box["x"] >= 0 and box["x"] + box["width"] <= size[0], selector


def test_all_can_be_reached_without_a_mouse(visit: Open, page: str) -> None:
    driver = visit(page)
    seen = []
    for _ in range(24):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        seen.append(
            driver.execute_script("const e = document.activeElement; return e.id || e.className || e.textContent")
        )
    assert seen[0] == "skip"
    assert {"search", "language", "vis-network", "fit", "reset", "print", "entity"} <= set(seen)


def test_print_shows_the_card_without_the_controls(visit: Open, page: str) -> None:
    driver = visit(page)
    find(driver, LU.name)
    wait_for(driver, "#panel h2", LU.name)
    driver.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not driver.find_element(By.ID, "search").is_displayed()
        assert all(q.is_displayed() for q in driver.find_elements(By.CSS_SELECTOR, "#panel .evidence"))
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(visit: Open, name: str) -> None:
    archive = small_archive()
    entities = tuple(
        replace(e, name=name, alternatives=(f"x{name}",)) if e.id == LU.id else e for e in archive.resolution.entities
    )
    articles = tuple(replace(a, title=name) for a in archive.articles)
    facts = tuple(replace(f, detail=name) if f.detail == "局长" else f for f in archive.facts)
    hostile = replace(
        archive, articles=articles, facts=facts, resolution=replace(archive.resolution, entities=entities)
    )
    driver = visit(view_html(store_of(hostile)))
    driver.find_element(By.ID, "search").send_keys(name[:6])
    driver.execute_script("location.hash = arguments[0]", LU.id)
    WebDriverWait(driver, 5).until(
        lambda d: d.execute_script("return document.querySelector('#panel h2').textContent") == name
    )
    titles = driver.execute_script("return [...document.querySelectorAll('.headline')].map((e) => e.textContent)")
    assert set(titles) == {name}
    node = node_named(driver, name)
    driver.execute_script("kgViewer.network().focus(arguments[0])", node["id"])
    spot = driver.find_element(By.ID, "canvas").rect
    move_to(driver, round(spot["x"] + spot["width"] / 2), round(spot["y"] + spot["height"] / 2)).perform()
    WebDriverWait(driver, 5).until(lambda d: d.find_elements(By.CLASS_NAME, "vis-tooltip"))
    assert driver.title == "报纸知识图谱"
    assert driver.execute_script("return document.querySelectorAll('main img, main b, main script').length") == 0


def test_the_browser_refuses_a_script_that_is_not_the_pages_own(window: Chrome, tmp_path: Path, page: str) -> None:
    path = tmp_path / "graph.html"
    path.write_text(page.replace("<main>", "<script>document.title = 'owned'</script><main>"), encoding="utf-8")
    window.get(path.as_uri())
    assert window.title == "报纸知识图谱"
    assert any("Content Security Policy" in line["message"] for line in window.get_log("browser"))  # type: ignore[no-untyped-call]
    window.get("about:blank")


def test_an_empty_graph_says_so(visit: Open) -> None:
    driver = visit(view_html(og.Store()))
    assert text_of(driver, "#panel h2") == "图谱里还没有内容"
    assert not driver.find_element(By.ID, "canvas").is_displayed()


def test_entities_without_any_fact_are_drawn_too(visit: Open) -> None:
    archive = small_archive()
    driver = visit(view_html(store_of(replace(archive, facts=(), claims=()))))
    assert driver.execute_script("return kgViewer.nodes().length") == 14
    lonely = Entity("place-city", Kind.PLACE, "青河市")
    find(driver, lonely.name)
    wait_for(driver, "#panel h2", lonely.name)
    assert "报纸没有陈述与它有关的事实" in text_of(driver, "#panel")
    assert text_of(driver, "#panel mark") == lonely.name
