"""Time zones in words."""


def zone_words(zone: str) -> str:
    """How a person would call their clock: "Berlin", "UTC+1" for a fixed offset (IANA turns the sign round)."""
    if zone.startswith("Etc/GMT") and zone != "Etc/GMT":
        hours = -int(zone.removeprefix("Etc/GMT"))
        return f"UTC{hours:+d}" if hours else "UTC"
    return zone.rpartition("/")[2].replace("_", " ")
