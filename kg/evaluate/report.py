"""The table that ``kg evaluate`` prints."""

from __future__ import annotations

from kg.evaluate.score import Figure, Scores, b_cubed, pairwise, reliability


def table(scores: Scores) -> str:
    """Fixed columns: precision, recall, F1 and the counts behind them."""
    lines = [f"{'':<34}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'extra':>7}{'missed':>7}"]

    def row(name: str, f: Figure) -> None:
        lines.append(f"{name:<34}{f.p:7.3f}{f.r:7.3f}{f.f1:7.3f}{f.tp:8.0f}{f.fp:7.0f}{f.fn:7.0f}")

    def rates(name: str, p: float, r: float) -> None:
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        lines.append(f"{name:<34}{p:7.3f}{r:7.3f}{f1:7.3f}")

    def family(name: str, parts: bool = True) -> None:
        """A figure and, indented below it, its parts in order."""
        if name in scores.figures:
            row(name, scores.figures[name])
            for part in sorted(scores.figures) if parts else ():
                if part.startswith(f"{name} "):
                    row("    " + part.removeprefix(f"{name} "), scores.figures[part])

    family("mentions strict")
    family("mentions span")
    documents = list(scores.b3.values())
    if documents and scores.links:
        mean = [sum(d[i] for d in documents) / len(documents) for i in (0, 1)]
        rates("linking B-cubed, mean by document", *mean)
        rates("linking B-cubed, all together", *b_cubed(scores.links))
        row("linking pairwise, all together", pairwise(scores.links))
    family("relations triple", parts=False)
    family("relations detail")
    family("relations detail_date", parts=False)
    for name in ("post status", "article lines pairwise", "article titles"):
        family(name)
    if any(confidence < 1 for confidence, _ in scores.judged):
        lines += ["", reliability_table(scores)]
    return "\n".join(lines)


def reliability_table(scores: Scores) -> str:
    """Confidence against truth: a well-calibrated recogniser has equal last columns."""
    lines = [f"{'confidence':<14}{'mentions':>9}{'mean':>7}{'right':>7}   (calibrated if the last two agree)"]
    for low, high, n, mean, right in reliability(scores.judged):
        lines.append(f"{low:.1f} to {high:<7.1f}{n:9d}{mean:7.3f}{right:7.3f}")
    return "\n".join(lines)


def figures(scores: Scores) -> dict[str, dict[str, float]]:
    """Name -> p, r, f1, tp, fp, fn, for programs."""
    result = {name: _row(f) for name, f in sorted(scores.figures.items())}
    p, r = b_cubed(scores.links)
    result["linking b-cubed"] = {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}
    result["linking pairwise"] = _row(pairwise(scores.links))
    return {name: {k: round(v, 6) for k, v in row.items()} for name, row in result.items()}


def _row(f: Figure) -> dict[str, float]:
    return {"p": f.p, "r": f.r, "f1": f.f1, "tp": f.tp, "fp": f.fp, "fn": f.fn}
