"""The pipelines that are compared, as Rasa configurations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from ops.settings import ROOT

OUR_IMPORTER = {"name": "bot.importer.ServiceImporter"}
RASAS_IMPORTER = {"name": "RasaFileImporter"}
CLASSIFIER = "nlu.components.intent_classifier.LinearIntentClassifier"
FAQ_RETRIEVER = "nlu.components.faq_retriever.FaqRetriever"
QUICK_EPOCHS = 2


@dataclass(frozen=True)
class Pipeline:
    """One way to understand; `is_neural` ones take minutes to train."""

    name: str
    title: str
    language: str
    components: tuple[dict[str, Any], ...]
    is_neural: bool = True

    def config(self, *, own_data: bool, quick: bool = False) -> str:
        """Return the configuration Rasa trains from.

        Our own data have entries of general questions, which our importer reads.
        """
        components = [
            {**one, "epochs": QUICK_EPOCHS} if quick and "epochs" in one else one
            for one in self.components
        ]
        settings = {
            "recipe": "default.v1",
            "assistant_id": f"bench-{self.name}",
            "language": self.language,
            "importers": [OUR_IMPORTER if own_data else RASAS_IMPORTER],
            "pipeline": components,
        }
        return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)


def pipelines(*, with_faq: bool) -> tuple[Pipeline, ...]:
    """Return ours and the two it is held against."""
    return ours(with_faq=with_faq), STOCK, BUROKRATT


def ours(*, with_faq: bool) -> Pipeline:
    """Return the pipeline of `config.yml`, or what of it suits other data.

    Those have no FAQ entries, and the classifier settles its strength by the training
    rows: the one in `config.yml` was chosen for our own data.
    """
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    components = config["pipeline"]
    if not with_faq:
        components = [
            {**one, "strength": None} if one["name"] == CLASSIFIER else one
            for one in components
            if one["name"] != FAQ_RETRIEVER
        ]
    title = "ThamRat"
    return Pipeline("thamrat", title, "th", tuple(components), is_neural=False)


# https://rasa.com/docs/rasa/tuning-your-model: the pipeline Rasa suggests where there
# are no pre-trained vectors. Its own tokenizers refuse Thai.
STOCK = Pipeline(
    name="stock_rasa",
    title="stock Rasa (recommended pipeline, our tokenizer)",
    language="th",
    components=(
        {"name": "nlu.components.thai_tokenizer.ThaiTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {
            "name": "CountVectorsFeaturizer",
            "analyzer": "char_wb",
            "min_ngram": 1,
            "max_ngram": 4,
        },
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ),
)

# https://github.com/buerokratt: the configuration of Estonia's assistant, whose
# tokenizer cuts at blanks and whose language is therefore declared as its own.
BUROKRATT = Pipeline(
    name="burokratt",
    title="Bürokratt's configuration",
    language="et",
    components=(
        {"name": "WhitespaceTokenizer"},
        {
            "name": "CountVectorsFeaturizer",
            "analyzer": "char_wb",
            "min_ngram": 1,
            "max_ngram": 4,
        },
        {"name": "DIETClassifier", "epochs": 40},
        {"name": "FallbackClassifier", "threshold": 0.8},
    ),
)
