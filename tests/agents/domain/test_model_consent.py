"""A consent to a model is a consent to one host, in one wording."""

from agents.domain.model_consent import MODEL_POLICY_VERSION, model_policy


def test_a_policy_names_its_wording_and_tells_hosts_apart() -> None:
    assert model_policy("api.openai.com") == f"{MODEL_POLICY_VERSION} 934d38a3"
    assert model_policy("API.openai.com") == model_policy("api.openai.com")
    assert model_policy("api.openai.com") != model_policy("models.example.org")


def test_a_policy_fits_its_column() -> None:
    assert len(model_policy("a" * 253)) <= 20
