#!/usr/bin/python3
"""The GitLab simulator, by @gitbeaker/rest (npm), which others wrote: tests/sim/npm/gitlab.mjs is what it does."""

from __future__ import annotations

import json
import subprocess
import unittest

from common.testing import HERE
from gitlab_case import KARI, GitlabCase

TOOLS = HERE.parent.parent / ".work" / "sim-tools" / "installed-lock.json"


@unittest.skipUnless(TOOLS.exists(), "run tests/sim/install-tools first")
class ByGitbeaker(GitlabCase):
    """One walk through all of it."""

    maxDiff = None

    def test_gitbeaker_does_all_that_a_bridge_does(self) -> None:
        ran = subprocess.run(
            ["node", str(HERE / "npm" / "gitlab.mjs"), self.gitlab.url, KARI],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(
            json.loads(ran.stdout),
            {
                "user": "kari",
                "project": 1,
                "created": [1, "Skriver «3» svarer ikke", ["bug", "status::to do"]],
                "paged": 25,
                "found": [1],
                "closed": ["closed", ["bug", "status::done"]],
                "internal": True,
                "notes": ["Only for us two"],
                "commands": [202, ["Reopened this issue."]],
                "upload": "[logg.txt](/uploads/SECRET/logg.txt)",
                "link": "blocks",
                "linked": [[1, "is_blocked_by"]],
                "labelEvents": ["add bug", "add status::to do", "remove status::to do", "add status::done"],
                "stateEvents": ["closed", "reopened"],
                "members": ["bridge", "gjest", "kari", "ola", "project_1_bot_4ffca233d8298ea1"],
                "hook": [True, False, True],
                "milestone": "closed",
                "moved": [2, 1, True],
                "left": 0,
                "missing": 404,
            },
        )


if __name__ == "__main__":
    unittest.main()
