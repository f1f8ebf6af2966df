"""Which medicine classes of science.md S-160 a person takes, as far as food and energy rules need to know.

A medicine is on file as a class code or as the word the person said: both are recognised. Nothing here judges a dose.
"""

from agents.domain.profile import Profile
from agents.domain.safety.medicines import medicine_groups


def takes(profile: Profile, *classes: str) -> bool:
    """Whether a medicine of one of these class codes is on file. Not asked yet counts as none: the caller decides."""
    wanted = frozenset(classes)
    return any(word in wanted or not wanted.isdisjoint(medicine_groups(word)) for word in profile.medications or ())
