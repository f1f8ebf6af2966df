"""Diet and restrictions: the rows behind what a person eats and must not eat."""

from sqlalchemy import select

from agents.domain.profile import Restriction
from storage.models.diet import DietaryPreferences, DietaryRestriction
from storage.receipts import Proof
from storage.saving import Saving, dec


def restrictions(s: Saving) -> list[Proof]:
    """Rows that went away, came, or changed their severity."""
    before, after = set(s.before.restrictions), set(s.after.restrictions)
    gone = {(r.kind, r.code) for r in before} - {(r.kind, r.code) for r in after}
    active = s.session.scalars(
        select(DietaryRestriction).where(DietaryRestriction.user_id == s.user_id, DietaryRestriction.is_active)
    ).all()
    rows = {(row.kind, row.code): row for row in active}
    proofs = []
    for key in gone & rows.keys():
        rows[key].is_active, rows[key].removed_at = False, s.now
        proofs.append(Proof("dietary_restriction", rows[key].id, "deleted"))
    for item in s.after.restrictions:
        if item in before and (item.kind, item.code) in rows:
            continue
        proofs.append(_restriction(s, item, rows.get((item.kind, item.code))))
    return proofs


def _restriction(s: Saving, item: Restriction, known: DietaryRestriction | None) -> Proof:
    row = known or DietaryRestriction(id=s.session.info["ids"](), user_id=s.user_id, kind=item.kind, code=item.code)
    row.severity, row.label, row.confirmed_at = item.severity, item.label or None, s.now
    row.strictness = "prefer_not" if item.kind == "dislike" else "never"
    s.session.add(row)
    return Proof("dietary_restriction", row.id, "updated" if known else "created")


def diet(s: Saving) -> list[Proof]:
    """Diet type and kitchen."""
    row = s.session.get(DietaryPreferences, s.user_id)
    is_new = row is None
    row = row or DietaryPreferences(user_id=s.user_id, diet_type="omnivore")
    if s.after.diet_type is not None:
        row.diet_type = s.after.diet_type
        row.diet_type_other = "other" if s.after.diet_type == "other" else None
    row.preferred_cuisines = list(s.after.cuisines)
    row.cooking_skill_level = s.after.cooking_skill
    row.max_meal_prep_time_minutes = s.after.max_prep_minutes
    row.budget_per_day = dec(s.after.budget_per_day, 2)
    s.session.add(row)
    return [Proof("dietary_preference", s.user_id, "created" if is_new else "updated")]
