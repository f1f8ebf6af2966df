"""Foods that must not be on a plan: by allergen keys, by proofs and by their plain names (N-30 to N-37, 3.1)."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
# What people write, and the keys of N-30 that it means (N-37).
MEANS = {
    "peanut": {"peanut"}, "peanuts": {"peanut"}, "nuts": {"tree_nut", "peanut"}, "tree nuts": {"tree_nut"},
    "tree_nut": {"tree_nut"}, "tree_nuts": {"tree_nut"}, "walnuts": {"tree_nut"}, "almond": {"tree_nut"},
    "milk": {"milk"}, "dairy": {"milk"}, "egg": {"egg"}, "eggs": {"egg"}, "fish": {"fish"}, "salmon": {"fish"},
    "shellfish": {"crustacean", "mollusc"}, "crustacean": {"crustacean"}, "shrimp": {"crustacean"},
    "mollusc": {"mollusc"}, "seafood": {"fish", "crustacean", "mollusc"}, "wheat": {"wheat"},
    "gluten": {"gluten", "wheat"}, "soy": {"soy"}, "soya": {"soy"}, "sesame": {"sesame"}, "celery": {"celery"},
    "mustard": {"mustard"}, "lupin": {"lupin"}, "sulphite": {"sulphite"}, "sulfites": {"sulphite"},
    "coconut": {"coconut"},
}  # fmt: skip
# Words in the name of a food that give it away, and the false friends that are looked away from first (N-35, N-36).
FALSE_FRIENDS = (
    r"(coconut|oat|rice|soy|soya|almond|cashew|hemp|pea|hazelnut)[ -](milk|drink|yoghurt|cream)|"
    r"(peanut|almond|cashew|cocoa|nut|sunflower|seed|hazelnut|apple) butter|butter beans?|butternut( squash)?|"
    r"butterhead( lettuce)?|cream of tartar|vegan \w+|plant \w+|soy (yoghurt|mince|chunks|curls)|soya \w+|nutmeg|"
    r"water chestnuts?|eggplant|oyster mushrooms?|buckwheat|rice noodles?|corn (flour|bread|tortillas?)|"
    r"(gluten|wheat|dairy|egg|milk)[- ]free|rice flour|chickpea flour|almond flour|buckwheat flour|coconut flour|"
    r"crab apples?|goosefoot|chickpeas?|chicken of the woods|red snapper|"
    r"potato starch|nutritional yeast|sugar snap|beefsteak tomato|turkish|vegetable stock"
)
SPEAKS_OF = {
    "milk": r"milk|butter|ghee|cream|yoghurt|yogurt|quark|paneer|ricotta|kefir|cheese|whey|skyr|feta|mozzarella|"
    r"parmesan|cheddar|halloumi|cottage|casein|labneh|buttermilk",
    "egg": r"eggs?|mayonnaise|aioli|omelette",
    "fish": r"salmon|tuna|cod|trout|sardines?|mackerel|herring|anchov\w+|haddock|halibut|sea bass|tilapia|hake|fish|"
    r"pollock|sole|carp|perch|dashi",
    "crustacean": r"shrimps?|prawns?|crabs?|lobsters?|crayfish",
    "mollusc": r"mussels?|clams?|squid|oysters?|scallops?|octopus",
    "tree_nut": r"almonds?|hazelnuts?|walnuts?|cashews?|pecans?|brazil nuts?|pistachios?|macadamias?|nuts?",
    "peanut": r"peanuts?|satay",
    "wheat": r"wheat|bulgur|couscous|seitan|semolina|spelt|freekeh|udon|panko",
    "gluten": r"wheat|bulgur|couscous|seitan|semolina|spelt|freekeh|udon|barley|rye|panko",
    "soy": r"soy|soya|tofu|tempeh|edamame|miso|natto|tamari",
    "sesame": r"sesame|tahini|halva|hummus|za'atar",
    "celery": r"celery|celeriac",
    "mustard": r"mustard",
    "lupin": r"lupin\w*",
    "coconut": r"coconut",
}
MEAT = (
    r"beef|pork|ham|bacon|lamb|mutton|veal|venison|chicken|turkey|duck|goose|sausages?|salami|chorizo|prosciutto|"
    r"meat|meatballs?|liver|rabbit|bison|gelatine|lard"
)
FISH = "|".join(SPEAKS_OF[key] for key in ("fish", "crustacean", "mollusc"))
PORK = r"pork|ham|bacon|prosciutto|pancetta|chorizo|salami|lard|gelatine"
ALCOHOL = r"wine|beer|sake|mirin|rum|brandy|vodka|sherry"
GRAIN_LEGUME = (
    r"wheat|rice|oats?|oatmeal|bread|pasta|spaghetti|noodles?|couscous|bulgur|barley|rye|quinoa|lentils?|beans?|"
    r"chickpeas?|hummus|tofu|tempeh|peas|peanuts?|edamame|soy"
)
DIET_WORDS = {
    "vegan": f"{MEAT}|{FISH}|{SPEAKS_OF['milk']}|{SPEAKS_OF['egg']}|honey",
    "vegetarian": f"{MEAT}|{FISH}|parmesan",
    "pescatarian": MEAT,
    "paleo": f"{GRAIN_LEGUME}|{SPEAKS_OF['milk']}|sugar|syrup",
    "halal": f"{PORK}|{ALCOHOL}",
    "kosher": f"{PORK}|rabbit|eel|catfish|{SPEAKS_OF['crustacean']}|{SPEAKS_OF['mollusc']}",
    "hindu": r"beef|veal",
    "jain": f"{MEAT}|{FISH}|{SPEAKS_OF['egg']}|honey|onions?|garlic|leeks?|shallots?|chives?|potato(es)?|carrots?|"
    r"beetroots?|radish(es)?|turnips?|parsnips?|sweet potato(es)?|spring onions?|ginger",
}
NOT_MEAT_THERE = (
    r"green beans?|string beans?|rice cauliflower|cauliflower rice|kosher|vanilla beans?|wine vinegar|sugar snap\w*"
)
FOR_NO_PREGNANCY = (
    r"raw (fish|egg|beef|meat|salmon|tuna)|sushi|sashimi|liver|swordfish|shark|king mackerel|marlin|bigeye|tartare|"
    r"brie|camembert|unpasteurised|wine|beer|rum|pate"
)
STATES = {"CLEAR", "MAY", "CONTAINS"}


def says(name: str, words: str, but: str = "") -> bool:
    """Whether one of the words stands in the name, false friends apart."""
    text = re.sub(FALSE_FRIENDS + (f"|{but}" if but else ""), " ", name.casefold())
    return bool(re.search(rf"\b({words})\b", text))


def keys_of(entries: list[Any]) -> dict[str, str | None]:
    """Allergen keys of the profile's entries with their severity."""
    found: dict[str, str | None] = {}
    for entry in entries:
        name, severity = (entry, None) if isinstance(entry, str) else (entry["name"], entry.get("severity"))
        for key in MEANS.get(name.casefold(), ()):
            found[key] = severity if key not in found or severity != "mild" else found[key]
    return found


def forbidden_food(profile: Json, answer: Json) -> Iterator[str]:
    """Everything eaten that should not be, and every proof that is missing or wrong."""
    meals = [(day["date"], meal) for day in answer["days"] for meal in day["meals"]]
    proved = {(proof["food"], proof["allergen"]): proof["verdict"] for proof in answer["proofs"]}
    yield from (f"verdict {verdict}" for verdict in set(proved.values()) - STATES)
    allergies, intolerances = keys_of(profile.get("allergies", [])), keys_of(profile.get("intolerances", []))
    for when, meal in meals:
        for item in meal["items"]:
            faults = [*_allergen(item, meal, allergies), *_intolerance(item, intolerances), *_diet(profile, item)]
            yield from (f"{when} {meal['name']}: {fault}" for fault in faults)
            for key in {**allergies, **intolerances}:
                verdict = proved.get((item["food"], key))
                if verdict is None:
                    yield f"no proof of {item['food']} for {key} [P2]"
                elif (verdict == "CONTAINS") != (key in item["allergens"]):
                    yield f"{item['food']}: {key} is {verdict} and allergens {item['allergens']}"
        yield from (f"{when} {meal['name']}: {fault}" for fault in _together(profile, meal))


def _allergen(item: Json, meal: Json, allergies: dict[str, str | None]) -> Iterator[str]:
    for key, severity in allergies.items():
        if key in item["allergens"]:
            yield f"DANGER {item['food']} contains {key}, an allergy [N-32]"
        if says(item["food"], SPEAKS_OF.get(key, r"\Z\A")):
            yield f"DANGER {item['food']} names {key}, an allergy [N-35]"
        if key in item["may_contain"]:
            if severity != "mild":
                yield f"DANGER {item['food']} may contain {key}, an allergy [N-32]"
            elif not any("label" in note.casefold() for note in meal["notes"]):
                yield f"{item['food']} may contain {key} and no note says to read the label [N-32]"


def _intolerance(item: Json, intolerances: dict[str, str | None]) -> Iterator[str]:
    yield from (f"{item['food']} contains {key}, an intolerance" for key in intolerances if key in item["allergens"])


def _diet(profile: Json, item: Json) -> Iterator[str]:
    rules = [profile.get("diet_type"), *profile.get("religious", [])]
    for rule in rules:
        if rule in DIET_WORDS and says(item["food"], DIET_WORDS[rule], NOT_MEAT_THERE):
            yield f"{item['food']} is not {rule} [3.1]"
    if profile.get("pregnant") and says(item["food"], FOR_NO_PREGNANCY, NOT_MEAT_THERE):
        yield f"{item['food']} in pregnancy [S-133]"


def _together(profile: Json, meal: Json) -> Iterator[str]:
    if "kosher" in profile.get("religious", []):
        foods = [item["food"] for item in meal["items"]]
        flesh = [food for food in foods if says(food, MEAT)]
        dairy = [food for food in foods if says(food, SPEAKS_OF["milk"])]
        if flesh and dairy:
            yield f"{flesh[0]} with {dairy[0]} [3.1 kosher]"
