"""What is said to a model beside the caller's own messages, where a server cannot take a schema by itself."""

from typing import Final

AS_JSON: Final = "Answer with one JSON object and nothing else. It must follow this JSON schema:"
NOT_VALID: Final = "That answer cannot be used: {complaint}. Answer again: the whole JSON object, and nothing else."
MOST_COMPLAINT_CHARACTERS: Final = 200
# What a schema may cost beside itself: the two sentences above with the longest complaint, every sign counted double.
MOST_OVERHEAD_BYTES: Final = 2 * (len(AS_JSON) + len(NOT_VALID) + MOST_COMPLAINT_CHARACTERS)
