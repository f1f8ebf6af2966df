"""What exactly a person agreed to when they allowed a model: one sentence, one host. Another host needs a new yes."""

import hashlib
from typing import Final

MODEL_POLICY_VERSION: Final = "2026-11.2"  # of the sentence done-model-allowed: what leaves, and to whom
_HOST_CHARACTERS: Final = 8  # of the digest; the whole fits the 20 characters of consents.policy_version


def model_policy(host: str) -> str:
    """The policy version that a consent to this host carries."""
    return f"{MODEL_POLICY_VERSION} {hashlib.sha256(host.lower().encode()).hexdigest()[:_HOST_CHARACTERS]}"
