"""Where a model lies: a folder of the user's, HanLP's own folder, or the network."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.recognise.foreign.guard import ALLOW, guarded, reach

CONFIGS = ("config.json", "meta.json")
NAMES = "give a folder, a URL or a name such as MSRA_NER_ELECTRA_SMALL_ZH (hanlp.pretrained.ner and .mtl list them)"
LICENCE = "HanLP's pretrained models of Chinese are for research and teaching only"
FOREIGN_LICENCE = "mind the licence of the model"


@dataclass(frozen=True, slots=True)
class Source:
    """A model as named and, for a URL, where HanLP keeps it."""

    name: str
    folder: Path
    url: str = ""
    archive: Path | None = None  # the packed model beside the folder, as HanLP would find it


def locate(name: str) -> Source:
    """What a name means; nothing is read from the network. KgError for a name that means nothing."""
    if not name.strip():
        raise KgError("no HanLP model is named", NAMES)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return Source(name, folder)
    url = name if name.startswith(("http://", "https://")) else _pretrained(name, folder)
    from hanlp.utils import io_util

    path, ending = io_util.split_if_compressed(io_util.path_from_url(url.partition("#")[0], io_util.hanlp_home()))
    return Source(name, Path(path), url, Path(path + ending) if ending else None)


def obtain(source: Source, *, allow_download: bool) -> Path:
    """The folder that holds the model, unpacked or fetched if need be and allowed. It has a configuration."""
    folder = source.folder
    if source.url and not folder.is_dir():
        packed = source.archive is not None and source.archive.is_file()
        if not packed and not allow_download:
            raise KgError(f"{source.name} is not in HanLP's folder ({folder})", ALLOW)
        from hanlp.utils import io_util

        if not packed:
            reach(source.url)
            licence(source.url)
        with guarded(source.name, online=allow_download):
            folder = Path(io_util.get_resource(source.url, save_dir=io_util.hanlp_home(), verbose=False))
    if not any((folder / config).is_file() for config in CONFIGS):
        hint = f"remove {folder} and fetch it anew" if source.url else "give a folder that HanLP's save() wrote"
        raise KgError(f"{folder}: no config.json, so no HanLP model", hint)
    return folder


def licence(url: str) -> None:
    from hanlp_common.constant import HANLP_URL

    print(f"kg: {LICENCE if url.startswith(HANLP_URL) else FOREIGN_LICENCE}: {url}", file=sys.stderr, flush=True)


def transformers_needed(folder: Path) -> list[str]:
    """Transformers of the Hugging Face hub that a model asks for and that are not on this machine."""
    from hanlp.layers.transformers.resource import tokenizer_mirrors
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    config = folder / CONFIGS[0]
    if not config.is_file():
        return []
    try:
        content = json.loads(config.read_text(encoding="utf-8"))
    except ValueError as error:
        raise KgError(f"{config}: not JSON: {error}", "give a folder that HanLP's save() wrote") from None
    missing = []
    for name in sorted(set(_transformers(content))):
        if Path(name).is_dir() or name in tokenizer_mirrors:
            continue
        try:
            if not isinstance(try_to_load_from_cache(name, "config.json"), str):
                missing.append(name)
        except HFValidationError:
            message = f"{config}: the transformer {name} is not there"
            raise KgError(message, "put its folder where config.json says") from None
    return missing


def hub() -> str:
    return os.environ.get("HF_ENDPOINT") or "https://huggingface.co"


def _transformers(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "transformer" and isinstance(value, str):
                yield value
            else:
                yield from _transformers(value)


def _pretrained(name: str, path: Path) -> str:
    """The URL of a name of ``hanlp.pretrained``, with or without its module."""
    if path.exists():
        raise KgError(f"{name}: a file, not a folder", "unpack the model and give its folder")
    if "/" in name or os.sep in name or name.startswith(("~", ".")):
        raise KgError(f"{name}: no such folder", NAMES)
    import hanlp.pretrained

    def urls(module: Any) -> dict[str, str]:
        return {k: v for k, v in vars(module).items() if k.isupper() and isinstance(v, str) and v.startswith("http")}

    recognisers = urls(hanlp.pretrained.ner) | urls(hanlp.pretrained.mtl)
    key = name.rpartition(".")[2].upper()
    if key in recognisers:
        return recognisers[key]
    if key in hanlp.pretrained.ALL:
        raise KgError(f"{name}: a HanLP model, but it recognises no names", NAMES)
    near = get_close_matches(key, sorted(recognisers), 1, 0.6)
    raise KgError(f"{name}: neither a folder nor a HanLP model", f"did you mean {near[0]}?" if near else NAMES)
