"""The city's complete set of documents after a reorganisation: drafted anew, against rendering the same texts alone.

Drafting collects the data, renders, creates the versions and notes sources, checksums and differences. Rendering alone
is given the data. Both make the same texts, by turns in the same run.
"""

import functools
import gc
import io
import statistics
import sys
import time
from collections import Counter

from measure import measured
from pypdf import PdfReader

LANG = "uk_UA"
CITY = "qms_core/demo/city"
ROUNDS = 5
# Of a manual of sixty pages.
LIMIT_SECONDS_PDF = 20
LIMIT_RATIO = 1.3


def load_city(env):
    """Load the city's model, unless it is there already, and put its processes in force."""
    from odoo.tools import file_path

    demo = env["qms.demo"]
    if env["qms.process"].search_count([("version_id", "!=", False)]) > 30:
        return
    demo._prepare_company()
    env["qms.workbook"].with_context(lang=LANG)._load_folder(file_path(CITY))
    for version in env["qms.process.version"].search([("state", "=", "draft")]):
        version._transition({"state": "approved"})
        version._take_effect()
    env["qms.role"].search([])._reconcile()


def document_set(env):
    """Return ``[(template, subjects)]`` of everything the city has documents about."""
    provider, company = env["qms.document.provider"], env.company
    templates = env["qms.document.template"].search([("lang", "=", LANG), ("company_id", "=", False)])
    pairs = [(template, template._fitting(provider._subjects(template.provider, company))) for template in templates]
    return [(template, subjects) for template, subjects in pairs if subjects]


def pairs_of(documents):
    """Return the templates by which documents are made now, each with what they are about."""
    return [
        (group[:1].template_id._in_use(group.company_id), group._with_subject()._subjects())
        for group in documents._by_template()
    ]


def collect(env, pairs):
    """Return the data of all texts, collected as drafting does: once for the templates of a provider."""
    shared = {}
    return [env["qms.document"]._materials(template, subjects, env.company, shared) for template, subjects in pairs]


def render(pairs, materials):
    """Render all texts; return their bodies."""
    return [
        body
        for (template, _subjects), material in zip(pairs, materials, strict=True)
        for _title, body in template._render(material).values()
    ]


def reorganise(env, pairs):
    """Rename everything that documents are about, so that each text changes."""
    for subjects in {subjects for _template, subjects in pairs if subjects._name != "res.company"}:
        for record in subjects.with_context(lang=LANG):
            record.name = f"{record.name} (нова редакція)"
    env.flush_all()
    env.cr.precommit.clear()


def forget(env, documents):
    """Go back to the first versions, of which each text differs, with nothing in memory."""
    env["qms.document.version"].search([("document_id", "in", documents.ids), ("number", ">", 1)]).unlink()
    env.invalidate_all()
    # What was drawn or compared in the round before would be known already.
    for name, module in list(sys.modules.items()):
        if name.startswith("odoo.addons.qms_core."):
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()
    gc.collect()


def compare(env, documents):
    """Render and draft by turns.

    :return: ``{what: [seconds and queries of each round]}``, and the drafts
    """
    forget(env, documents)  # what the import left in memory is in the order of its file
    pairs = pairs_of(documents)
    materials = collect(env, pairs)
    works = {
        "rendering": lambda: render(pairs, materials),
        "collecting": lambda: collect(env, pairs),
        "drafting": documents._generate,
    }
    rounds = {what: [] for what in works}
    for number in range(ROUNDS):
        # Who comes second finds the processor's caches warm: each of them every other time.
        for what in list(works)[:: -1 if number % 2 else 1]:
            forget(env, documents)
            with measured(env) as result:
                works[what]()
            rounds[what].append(result)
    forget(env, documents)
    drafts = documents._generate()
    if Counter(map(str, render(pairs, materials))) != Counter(map(str, drafts.mapped("body"))):
        sys.exit("What is rendered alone is not what is drafted.")
    return rounds, drafts


def run(env):
    load_city(env)
    pairs = document_set(env)
    render(pairs, collect(env, pairs))  # compiles the blocks
    with measured(env) as made:
        for template, subjects in pairs:
            env["qms.document"]._make(template, subjects)
    documents = env["qms.document"].search([("template_id", "!=", False), ("lang", "=", LANG)])
    for version in documents.version_ids:
        version._transition({"state": "superseded"})
    reorganise(env, pairs)
    # Every document is drafted anew, also one that names nothing of what was renamed.
    env.cr.execute("UPDATE qms_document_version SET source_digest = 'x', body_digest = 'x'")
    rounds, drafts = compare(env, documents)
    seconds = {what: statistics.median(result["seconds"] for result in results) for what, results in rounds.items()}
    with measured(env) as checked:
        documents._check_outdated()
    return {
        "figures": {
            "documents": len(documents),
            "of_each_template": {template.code: len(subjects) for template, subjects in pairs},
            "drafts": len(drafts),
            "drafts_with_sources": len(drafts.filtered("source")),
            "drafts_with_checksum": len(drafts.filtered("body_digest")),
            "drafts_with_difference": len(drafts.filtered("change_html")),
            "rounds": ROUNDS,
            "made_seconds": round(made["seconds"], 2),
            **{f"{what}_seconds": round(median, 2) for what, median in seconds.items()},
            **{
                f"{what}_seconds_of_rounds": [round(result["seconds"], 2) for result in results]
                for what, results in rounds.items()
            },
            "ratio_to_collecting_and_rendering": round(
                seconds["drafting"] / (seconds["collecting"] + seconds["rendering"]), 2
            ),
            "checking_seconds": round(checked["seconds"], 2),
            **prints(documents.filtered(lambda document: document.kind == "manual").version_ids[:1]),
            "limit_seconds_pdf_of_60_pages": LIMIT_SECONDS_PDF,
            "limit_ratio": LIMIT_RATIO,
        },
        "ratio": round(seconds["drafting"] / seconds["rendering"], 2),
        "yardstick": "rendering the same texts alone, from data that is given, same run",
        "queries": {
            "made": made["queries"],
            **{what: results[-1]["queries"] for what, results in rounds.items()},
        },
    }


def prints(manual):
    """Return what the prints of the manual take."""
    started = time.perf_counter()
    pdf = manual._print_pdf()
    pdf_seconds = time.perf_counter() - started
    started = time.perf_counter()
    manual._docx()
    docx_seconds = time.perf_counter() - started
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    return {
        "manual_pages": pages,
        "manual_pdf_seconds": round(pdf_seconds, 1),
        "manual_pdf_milliseconds_per_page": round(1000 * pdf_seconds / pages),
        "manual_docx_seconds": round(docx_seconds, 1),
    }
