"""Who somebody is and has agreed to: consents, profile, onboarding, settings, open questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from agents.domain.context import OpenQuestion
from agents.domain.onboarding import OnboardingState
from agents.domain.profile import Profile

Purpose = Literal["coaching", "llm_provider", "cycle", "analytics", "coach_share", "crisis_contact"]


@dataclass(frozen=True, slots=True, eq=False)
class ConsentGranted:
    """The person said yes to one purpose, shown in this version of the text."""

    purpose: Purpose
    policy_version: str
    locale: str


@dataclass(frozen=True, slots=True, eq=False)
class ConsentWithdrawn:
    """The person took a consent back."""

    purpose: Purpose


@dataclass(frozen=True, slots=True, eq=False)
class AccountErased:
    """Everything about the person goes now (science.md S-120: under 13)."""

    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class ProfileSaved:
    """The profile changes from `before` to `after`; storage writes only what differs."""

    before: Profile
    after: Profile


@dataclass(frozen=True, slots=True, eq=False)
class ProfileLocked:
    """The profile becomes version `version`; `changed` names the fields, `reason` the person's words."""

    version: int
    profile: Profile
    reason: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class OnboardingMoved:
    """Progress of onboarding, saved at once."""

    state: OnboardingState
    completed_steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class QuestionOpened:
    """The open question outside onboarding; None closes it."""

    question: OpenQuestion | None


@dataclass(frozen=True, slots=True, eq=False)
class SettingsChanged:
    """Columns of user_settings by name."""

    values: Mapping[str, time | datetime | str | bool | int | None]
