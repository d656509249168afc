"""Nominal mentions: words that point at an entity without naming it (我市, 该局, 该公司)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Kind

OWN = re.compile(r"(?<!自)我(?:省|市|区|县|州|旗|镇|乡|村)(?![一-鿿]{0,2}(?:领导|民族))")
THAT = re.compile(
    r"该(?:(?P<PLACE>省|市|区|县|州|旗|镇|乡|村|社区|街道|园区|小区)"
    r"|(?P<AGENCY>局|委|厅|部门|办|院|支队|大队|法院|检察院|管委会)"
    r"|(?P<COMPANY>公司|企业|集团|行|厂)"
    r"|(?P<ORG>校|院校|协会|学会|商会|医院|合作社|中心|团队|联合会)"
    r"|(?P<PROJECT>项目|工程|电站|产业园))"
)
KINDS = {
    "PLACE": Kind.PLACE,
    "AGENCY": Kind.AGENCY,
    "COMPANY": Kind.COMPANY,
    "ORG": Kind.ORGANIZATION,
    "PROJECT": Kind.PROJECT,
}


def nominal_spans(text: str) -> Iterator[tuple[int, int, Kind]]:
    """(start, end, kind) of nominal mentions, in order."""
    found = [(m.start(), m.end(), Kind.PLACE) for m in OWN.finditer(text)]
    found += [(m.start(), m.end(), KINDS[m.lastgroup or ""]) for m in THAT.finditer(text)]
    yield from sorted(found)
