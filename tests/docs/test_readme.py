"""The documents say what is true: the transcript is a real run, links lead somewhere, targets and keys exist."""

import re
import subprocess

import pytest

from tests.docs import transcript

DOCUMENTS = [transcript.README, transcript.ROOT / "CONTRIBUTING.md", *sorted((transcript.ROOT / "docs").rglob("*.md"))]


def test_the_transcript_in_the_readme_is_a_real_run():
    assert transcript.in_readme() == transcript.transcript(), "renew it: python -m tests.docs.transcript --write"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_make_target_of_the_documents_exists():
    listed = subprocess.run(["make", "help"], cwd=transcript.ROOT, capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"make ([a-z-]+)", listed))
    assert {"setup", "chat", "run", "test", "lint", "types", "bench", "cov", "docs-check"} <= targets
    named = {t for d in DOCUMENTS for t in re.findall(r"`?make ([a-z-]+)`?(?=\s|`|$)", d.read_text(encoding="utf-8"))}
    assert named & {"chat", "test", "run"} == {"chat", "test", "run"}
