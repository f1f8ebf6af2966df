"""Which medicine classes of science.md S-160 a person takes, as far as food and energy rules need to know.

A medicine is on file as a class code or as the word the person said: both are recognised. Nothing here judges a dose.
"""

from agents.domain.profile import Profile
from agents.domain.safety.medicines import medicine_group


def takes(profile: Profile, *classes: str) -> bool:
    """Whether a medicine of one of these class codes is on file. Not asked yet counts as none: the caller decides."""
    return any(word in classes or medicine_group(word) in classes for word in profile.medications or ())
