"""Files of the coach are kept under a free, harmless name, for their owner alone."""

import stat

from agents.domain.blocks import File
from bot.keepsakes import keep

CALENDAR = File("../../etc/week.ics", "text/calendar", b"BEGIN:VCALENDAR")


def test_a_file_is_kept_inside_its_folder_for_its_owner_alone(tmp_path):
    path = keep(CALENDAR, tmp_path / "files")
    assert path.parent == tmp_path / "files"
    assert path.read_bytes() == CALENDAR.data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_written_over(tmp_path):
    first, second = keep(CALENDAR, tmp_path), keep(CALENDAR, tmp_path)
    assert first != second
    assert first.suffix == second.suffix == ".ics"
    assert len(list(tmp_path.iterdir())) == 2
