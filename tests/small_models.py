"""Small real HanLP models for tests, made in seconds on one core without any download. All names are invented.

The recurrent recogniser is trained. The transformers are a BERT of one layer whose weights are set by hand so that each
character gives the tags that ``LEXICON`` says: real HanLP components, with answers that are known beforehand.
"""

from __future__ import annotations

import json
import logging
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

SLOTS = {
    "PERSON": ("王小川", "李国强", "张丽", "赵文斌", "孙燕", "Ｔ·马丁"),
    "LOCATION": ("青石镇", "南江市", "白河县", "东岭", "和平路8号"),
    "ORGANIZATION": ("南江市教育局", "白河水务公司", "东岭商会"),
}
TEMPLATES = (
    "{PERSON}到{LOCATION}调研。",
    "{ORGANIZATION}在{LOCATION}召开会议，{PERSON}出席。",
    "记者{PERSON}从{ORGANIZATION}获悉，今年投资增长8%。",
    "{PERSON}是{ORGANIZATION}的职工。",
    "据介绍，{LOCATION}下雨了。",
    "今天天气很好。",
)
LABELS = ("PERSON", "LOCATION", "ORGANIZATION", "DATE", "STAR")
# words that the transformers cut and tag by their first character: word, tag of the word
LEXICON = (
    ("钱安", "S-PERSON"),
    ("云州", "B-LOCATION"),
    ("市", "E-LOCATION"),
    ("水利", "B-ORGANIZATION"),
    ("局", "E-ORGANIZATION"),
    ("昨日", "S-DATE"),
    ("彗", "S-STAR"),
    ("在", "O"),
    ("ab", "S-PERSON"),
    ("工作", "O"),
    ("。", "O"),
)
POSITIONS = 64  # what the small transformers take, their two marks included


@contextmanager
def silent() -> Iterator[None]:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        yield


def sentences(count: int, seed: int = 1) -> Iterator[list[tuple[str, str]]]:
    """Characters with BIO tags."""
    chance = random.Random(seed)
    for _ in range(count):
        tagged: list[tuple[str, str]] = []
        for part in re.split(r"(\{[A-Z]+\})", chance.choice(TEMPLATES)):
            if label := part.strip("{}") if part.startswith("{") else "":
                name = chance.choice(SLOTS[label])
                tagged += [(char, f"{'I' if n else 'B'}-{label}") for n, char in enumerate(name)]
            else:
                tagged += [(char, "O") for char in part]
        yield tagged


def recurrent(folder: Path, *, crf: bool = False, words: bool = False) -> Path:
    """A trained character recogniser with the labels of msra; with ``words`` one that takes whole names as words."""
    from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer

    data = folder.parent / f"{folder.name}.tsv"
    rows = [as_words(s) if words else s for s in sentences(60)]
    blocks = ["\n".join(f"{unit}\t{tag}" for unit, tag in row) for row in rows]
    data.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    with silent():
        RNNNamedEntityRecognizer().fit(
            str(data),
            str(data),
            str(folder),
            batch_size=10,
            epochs=5,
            embed=24,
            rnn_hidden=24,
            drop=0.1,
            lr=0.02,
            crf=crf,
            devices=-1,
            tagging_scheme="BIO",
            token_delimiter="",
            seed=1,
        )
    return folder


def as_words(tagged: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names as one word each, the rest in words of two characters."""
    words: list[tuple[str, str]] = []
    for char, tag in tagged:
        joins = words and (tag.startswith("I-") or (tag == words[-1][1] == "O" and len(words[-1][0]) == 1))
        if joins:
            words[-1] = (words[-1][0] + char, words[-1][1])
        else:
            words.append((char, tag))
    return words


def transformer(folder: Path, code: Callable[[str, int, str], tuple[int, int]], width: int) -> Path:
    """A BERT whose last state of a character is large in the two places that ``code`` gives (word, index, tag)."""
    import torch
    from transformers import BertConfig, BertModel

    folder.mkdir()
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    places = {char: code(word, n, tag) for word, tag in LEXICON for n, char in enumerate(word)}
    tokens += sorted(places)
    tokens += [f"##{char}" for char in sorted(places) if char.isascii()]
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=width,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=4,
        max_position_embeddings=POSITIONS,
    )
    bert = BertModel(config)
    with torch.no_grad():
        for name, weight in bert.named_parameters():
            if "LayerNorm" not in name:
                weight.zero_()  # attention and feed-forward say nothing: a state is its character's embedding
        for number, token in enumerate(tokens):
            for place in places.get(token.removeprefix("##"), ()):
                bert.embeddings.word_embeddings.weight[number, place] = 1.0
    logging.getLogger("transformers").setLevel(logging.ERROR)
    with silent():
        bert.save_pretrained(folder)
    return folder


def tags() -> list[str]:
    return ["O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BMES")]


def vocabulary(items: list[str]) -> Any:
    from hanlp.common.vocab import Vocab

    vocab = Vocab(pad_token=None, unk_token=None)
    for item in items:
        vocab.add(item)
    vocab.lock()
    return vocab


def select(classifier: Any, first: int) -> None:
    """Let a linear layer read its tags off the places ``first``, ``first + 1`` ..."""
    import torch

    with torch.no_grad():
        classifier.weight.zero_()
        classifier.bias.zero_()
        for row in range(classifier.weight.shape[0]):
            classifier.weight[row, first + row] = 1.0


def multi_task(folder: Path, *, task: str = "ner/msra", tokenize: bool = True) -> Path:
    """A multi-task model with word segmentation and a task of named entities, or the latter alone."""
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    cuts, names = list("BMES"), tags()

    def code(word: str, n: int, tag: str) -> tuple[int, int]:
        place = "S" if len(word) == 1 else "B" if n == 0 else "E" if n == len(word) - 1 else "M"
        return cuts.index(place), len(cuts) + names.index(tag)

    bert = transformer(folder.parent / f"{folder.name}-bert", code, len(cuts) + len(names))
    encoder = ContextualWordEmbedding("token", str(bert), average_subwords=True, max_sequence_length=POSITIONS)
    tok = TaggingTokenization(sampler_builder=SortingSamplerBuilder(batch_size=4))
    ner = TaggingNamedEntityRecognition(
        sampler_builder=SortingSamplerBuilder(batch_size=4),
        dependencies="tok/fine" if tokenize else None,
        delimiter_in_entity="",
    )
    tok.vocabs["tag"], ner.vocabs["tag"] = vocabulary(cuts), vocabulary(names)
    tasks = {"tok/fine": tok, task: ner} if tokenize else {task: ner}
    model = MultiTaskLearning()
    model.config.update({"encoder": encoder, **tasks, "task_names": list(tasks)})
    model.on_config_ready(**model.config)
    model.model = model.build_model(training=False)
    for name, first in (("tok/fine", 0), (task, len(cuts))):
        if name in tasks:
            select(model.model.decoders[name].classifier, first)
    # a model built for use has an encoder without weights, as HanLP fills them in when it loads
    from transformers import BertModel

    with silent():
        model.model.encoder.transformer.load_state_dict(BertModel.from_pretrained(bert).state_dict())
        folder.mkdir()
        model.save(str(folder))
    return folder


def character_transformer(folder: Path) -> Path:
    """A transformer that takes lists of characters."""
    from hanlp.components.ner.transformer_ner import TransformerNamedEntityRecognizer

    names = tags()

    def code(word: str, n: int, tag: str) -> tuple[int, int]:
        prefix, _, label = tag.partition("-")
        if not label:
            return 0, 0
        first, last = prefix in "BS" and n == 0, prefix in "ES" and n == len(word) - 1
        return (names.index(f"{'S' if first and last else 'B' if first else 'E' if last else 'M'}-{label}"),) * 2

    bert = transformer(folder.parent / f"{folder.name}-bert", code, len(names))
    model = TransformerNamedEntityRecognizer()
    model.config.update(
        transformer=str(bert),
        average_subwords=False,
        scalar_mix=None,
        word_dropout=None,
        ret_raw_hidden_states=False,
        token_key="token",
        crf=False,
        delimiter_in_entity="",
        batch_size=4,
    )
    model.on_config_ready(**model.config)
    model.vocabs["tag"] = vocabulary(names)
    model.model = model.build_model(training=False)
    select(model.model.classifier, 0)
    from transformers import BertModel

    with silent():
        model.model.encoder.transformer.load_state_dict(BertModel.from_pretrained(bert).state_dict())
        folder.mkdir()
        model.save(str(folder))
    return folder
