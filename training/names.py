"""Names that nobody bears: of people, firms, organisations, projects and places; and the real divisions."""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.resources import lexicon

LISTS = Path(__file__).resolve().parent / "lists"


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader((r for r in text.splitlines() if not r.startswith("#")), delimiter="\t"))


@dataclass(frozen=True, slots=True)
class Division:
    name: str
    level: str
    short: str
    parent: str


class Names:
    """Generators of names, and the divisions of the country."""

    def __init__(self) -> None:
        rows = _table(lexicon("surnames.tsv").read_text("utf-8"))
        self.surnames = [row["surname"] for row in rows]
        # Flatter than life: a rare surname has to be learnt as well.
        self.weights = [float(row["weight"]) ** 0.7 for row in rows]
        given = [
            row
            for row in (LISTS / "given_names.txt").read_text("utf-8").splitlines()
            if row and not row.startswith("#")
        ]
        self.given = given
        self.minority = "阿不都拉买提吐尔逊古丽努尔艾山木沙别克扎西次仁卓玛达瓦巴桑格勒多吉"
        self.any = "".join(given)
        parts = _table((LISTS / "name_parts.tsv").read_text("utf-8"))
        self.parts = {row["part"]: row["values"].split() for row in parts}
        self.first, self.second = self.parts["brand_first"][0], self.parts["brand_second"][0]
        text = gzip.decompress(lexicon("divisions.tsv.gz").read_bytes()).decode()
        self.divisions: dict[str, list[Division]] = defaultdict(list)  # by name and short name
        self.by_level: dict[str, list[Division]] = defaultdict(list)
        for row in _table(text):
            if row["kind"] != "division":
                continue
            division = Division(row["name"], row["level"], row["short"], row["parent"])
            self.by_level[row["level"]].append(division)
            self.divisions[row["name"]].append(division)
            if len(row["short"]) > 1:
                self.divisions[row["short"]].append(division)

    def person(self, rng: random.Random) -> str:
        kind = rng.random()
        surname = rng.choices(self.surnames, self.weights)[0]
        if kind < 0.03:
            return "".join(
                rng.choices(
                    "阿不都拉买提吐尔逊古丽努尔艾山木沙别克扎西次仁卓玛达瓦巴桑格勒多吉",
                    k=rng.randint(3, 5),
                )
            )
        one, two, women, old = self.given
        pick = rng.random()
        if pick < 0.28:
            return surname + rng.choice(two + women + one)
        if pick < 0.5:
            return surname + rng.choice(one + women) + rng.choice(women)
        if pick < 0.62:
            return surname + rng.choice(one) + rng.choice(old)
        if pick < 0.66:
            return surname + "".join(rng.choices(self.any, k=2))
        return surname + rng.choice(one) + rng.choice(two)

    def stem(self, rng: random.Random) -> str:
        if rng.random() < 0.5:
            town = rng.choice(self.by_level["town"]).name
            for suffix in ("街道", "民族乡", "镇", "乡"):
                if town.endswith(suffix) and 2 <= len(town) - len(suffix) <= 3:
                    return town[: -len(suffix)]
        stem = rng.choice(self.parts["stem"])
        return stem + rng.choice(self.parts["stem_north"]) if rng.random() < 0.08 else stem

    def brand(self, rng: random.Random) -> str:
        brand = rng.choice(self.first) + rng.choice(self.second)
        return brand + rng.choice(self.second) if rng.random() < 0.15 else brand

    def place(self, rng: random.Random) -> str:
        """A division's name to stand at the head of another name; often its short one, sometimes none."""
        division = rng.choice(self.by_level[rng.choice(("county", "county", "prefecture", "town", "province"))])
        pick = rng.random()
        if pick < 0.15:
            return ""
        return division.short if pick < 0.5 and len(division.short) > 1 else division.name

    def company(self, rng: random.Random) -> tuple[str, str]:
        """A firm's full and short name."""
        brand = self.brand(rng)
        if rng.random() < 0.05:
            bank = self.place(rng).rstrip("省市县区") + rng.choice(self.parts["bank"])
            return bank + rng.choice(("股份有限公司", "", "有限责任公司")), bank
        industry, form = rng.choice(self.parts["industry"]), rng.choice(self.parts["form"])
        full = self.place(rng) + brand + industry + form
        if rng.random() < 0.06:
            full += rng.choice(self.by_level["prefecture"]).short + rng.choice(("分公司", "分公司", "子公司"))
        short = brand + rng.choice((industry[:2], industry[:2], "公司", "集团", "", "股份"))
        return full, short

    def organisation(self, rng: random.Random) -> str:
        pick = rng.random()
        head = self.place(rng)
        if pick < 0.25:
            return head + self.stem(rng) + rng.choice(self.parts["school"])
        if pick < 0.5:
            return (head or "市") + rng.choice(self.parts["number_school"])
        if pick < 0.6:
            return self.brand(rng) + rng.choice(self.parts["school"])
        return head + rng.choice(self.parts["topic"]) + rng.choice(self.parts["association"])

    def project(self, rng: random.Random) -> str:
        head = rng.choice((self.place, self.brand, self.stem, self.place))(rng)
        if rng.random() < 0.25:
            amount = rng.choice(("万吨", "万台", "万套", "万平方米", "兆瓦", "万件", "亿只", "吨"))
            head += f"年产{rng.choice((1, 2, 3, 5, 6, 8, 10, 12, 15, 20, 30, 50, 100))}{amount}"
        return head + rng.choice(self.parts["product"]) + rng.choice(self.parts["projected"])

    def agency(self, rng: random.Random) -> str:
        division = rng.choice(self.by_level[rng.choice(("county", "county", "prefecture"))])
        pick = rng.random()
        head = division.name if pick < 0.4 else division.name[-1] if pick < 0.8 else division.short
        organ = rng.choice(self.parts["organ"])
        if len(division.name) > 6 or head == "":
            head = "县"
        if organ.endswith("局") and rng.random() < 0.06:
            organ += (
                rng.choice(self.parts["stem"]) + rng.choice(("分局", "派出所", "所")) if "公安" in organ else "办公室"
            )
        return head + organ

    def spot(self, rng: random.Random) -> str:
        """A place below the divisions: a road, a village, an estate."""
        if rng.random() < 0.3:
            return self.brand(rng) + rng.choice(self.parts["estate"])
        return self.stem(rng) + rng.choice(self.parts["place"])

    def division_in(self, text: str) -> tuple[Division, bool] | None:
        """The division whose full or short name the text begins with, and whether it is the full one."""
        for length in range(min(11, len(text)), 1, -1):
            found = self.divisions.get(text[:length])
            if found:
                return found[0], found[0].name == text[:length]
        return None
