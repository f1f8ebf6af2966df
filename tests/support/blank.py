"""An empty database with its key file, made once: a test that is not about the first start need not migrate again."""

import asyncio
import atexit
import shutil
import tempfile
import threading
from functools import cache
from pathlib import Path

from bot.app import bootstrap
from bot.settings import load_settings


def laid(path: Path) -> Path:
    """This path, with an empty database and its key there unless there is one already."""
    if path.exists():
        return path
    for suffix in ("", ".key"):
        shutil.copy(f"{_template()}{suffix}", f"{path}{suffix}")
    return path


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="keel-blank-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = bootstrap(load_settings({}, database=f"sqlite:///{folder / 'keel.db'}"))
    worker = threading.Thread(target=lambda: asyncio.run(app.close()))  # a loop of its own, whoever asks
    worker.start()
    worker.join()
    return folder / "keel.db"
