"""Which clock a place has, from tables on this machine: a position is asked of nobody and kept nowhere."""

from zoneinfo import available_timezones


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA zone of a place, coarse at borders; a zone of the open sea there. None for no place of this earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # not a number is not either
        return None
    import tzfpy

    zone: str = tzfpy.get_tz(longitude, latitude)
    return zone if zone in available_timezones() else None
