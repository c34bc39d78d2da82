"""Accessibility of a page, as axe-core judges it."""

import os
from pathlib import Path

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = ("serious", "critical")
RUN = """
    (rules) => axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values: rules}})
        .then((result) => result.violations.map(({id, impact, nodes}) => (
            {id, impact, where: nodes.map((node) => node.html)}
        )))
"""


def serious_findings(page):
    """Return what is seriously wrong on a page, one line each.

    The page's context is opened with ``bypass_csp=True``: our pages run no script but their own.
    """
    source = Path(os.environ["QMS_LOCAL"], "npm-lint", "node_modules", "axe-core", "axe.min.js")
    page.add_script_tag(path=source)
    return [
        f"{page.url}: {finding['id']} ({finding['impact']}): {finding['where']}"
        for finding in page.evaluate(RUN, RULES)
        if finding["impact"] in SERIOUS
    ]
