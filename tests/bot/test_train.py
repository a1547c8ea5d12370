"""Training data that Rasa would only warn about is refused."""

from __future__ import annotations

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.importer import HOUSE, ServiceImporter
from bot.train import faults

DOMAIN = Domain.from_dict({"intents": ["greet", "bye", "faq"]})
EVENTS = {"identity_signed_in", "identity_sign_in_cancelled", "identity_sign_in_denied"}


def data(*examples):
    """Return training data of (text, intent) pairs."""
    return TrainingData([Message.build(*example) for example in examples])


def test_good_data_has_no_faults():
    """Silence means well."""
    assert faults(data(("สวัสดี", "greet"), ("บาย", "bye")), DOMAIN) == []


def test_unknown_intents_are_named():
    """An intent the domain lacks is understood and then answered by nobody."""
    (fault,) = faults(data(("เอา", "order_pizza")), DOMAIN)

    assert "order_pizza" in fault


def test_one_text_with_two_meanings_is_named():
    """The classifier would toss a coin."""
    (fault,) = faults(data(("ดี", "greet"), (" ดี ", "bye")), DOMAIN)

    assert "bye and greet" in fault


def test_fallback_is_not_trained():
    """What is not understood has no examples."""
    domain = Domain.from_dict({"intents": []})

    assert any(
        "never trained" in f for f in faults(data(("x", "nlu_fallback")), domain)
    )


def test_every_intent_is_answered():
    """An intent without a rule is silence."""
    domain = ServiceImporter(domain_path=str(HOUSE / "domain.yml")).get_domain()
    rules = [
        rule
        for path in (HOUSE / "stories").glob("*.yml")
        for rule in yaml.safe_load(path.read_text("utf-8")).get("rules", ())
    ]
    answered = {rule["steps"][0].get("intent") for rule in rules}
    built_in = {"back", "restart", "session_start"}

    assert set(domain.intents) - built_in - answered == set()


def test_events_are_never_in_the_training_data():
    """What cannot be typed cannot be understood either."""
    shown = "".join(p.read_text("utf-8") for p in (HOUSE / "nlu").rglob("*.yml"))

    assert [name for name in EVENTS if name in shown] == []


def test_training_leaves_the_configuration_alone():
    """`rasa train` rewrites config.yml unless it names the assistant and all parts."""
    config = yaml.safe_load((HOUSE / "config.yml").read_text("utf-8"))

    assert {"assistant_id", "language", "pipeline", "policies"} <= set(config)


def test_no_stock_channel_is_enabled():
    """The stock channels answer 200 for lost messages and ask nobody who is there."""
    channels = yaml.safe_load((HOUSE / "bot/credentials.yml").read_text("utf-8"))

    assert list(channels) == ["bot.channel.TurnChannel"]
