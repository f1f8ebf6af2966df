"""Where a model is asked."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

OPENAI_URL: Final = "https://api.openai.com/v1"  # what a key without an address means
HEARS: Final = "gpt-transcribe"  # the model that writes down recordings, where none is named
NO_KEY: Final = "none"  # a server of one's own often wants none, but the client library insists on some


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and whom to ask. The key is masked when printed."""

    base_url: str
    api_key: SecretStr
    model: str
    hearing_model: str = HEARS

    @property
    def host(self) -> str:
        """The host's name, as it is told to people; "" when the address has none."""
        try:
            return urlsplit(self.base_url).hostname or ""
        except ValueError:
            return ""
