"""The city's complete set of documents after a reorganisation: drafted anew, against rendering the same texts alone.

Drafting collects the data, renders, creates the versions and notes sources, checksums and differences.
"""

import io
import time

from measure import measured
from pypdf import PdfReader

LANG = "uk_UA"
CITY = "qms_core/demo/city"
# Chapters of a manual of sixty pages at least.
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


def render_alone(env, pairs):
    """Collect and render all texts; return how many there are."""
    provider = env["qms.document.provider"]
    return sum(
        len(template._render(provider._collect(template.provider, subjects, LANG))) for template, subjects in pairs
    )


def render_bare(env, pairs):
    """Render all texts from data that was collected before; return the seconds of the rendering alone."""
    provider = env["qms.document.provider"]
    materials = [provider._collect(template.provider, subjects, LANG) for template, subjects in pairs]
    started = time.perf_counter()
    for (template, _subjects), material in zip(pairs, materials, strict=True):
        template._render(material)
    return time.perf_counter() - started


def reorganise(env, pairs):
    """Rename everything that documents are about, so that each text changes."""
    for subjects in {subjects for _template, subjects in pairs if subjects._name != "res.company"}:
        for record in subjects.with_context(lang=LANG):
            record.name = f"{record.name} (нова редакція)"
    env.flush_all()
    env.cr.precommit.clear()


def run(env):
    load_city(env)
    pairs = document_set(env)
    render_alone(env, pairs)  # compiles the blocks
    with measured(env) as made:
        for template, subjects in pairs:
            env["qms.document"]._make(template, subjects)
    documents = env["qms.document"].search([("template_id", "!=", False), ("lang", "=", LANG)])
    reorganise(env, pairs)
    rendering, drafting, bare = [], [], []
    for _round in range(3):
        env.invalidate_all()
        with measured(env) as alone:
            texts = render_alone(env, pairs)
        rendering.append(alone["seconds"])
        bare.append(render_bare(env, pairs))
        env.invalidate_all()
        # Back to what was before, so that each round drafts everything.
        env.cr.execute("UPDATE qms_document_version SET source_digest = 'x', body_digest = 'x'")
        env.invalidate_all()
        env["qms.document.version"].search([]).filtered(lambda version: version.number > 1).unlink()
        for version in documents.version_ids:
            if version.state == "draft":
                version._transition({"state": "superseded"})
        env.flush_all()
        env.invalidate_all()
        with measured(env) as drafted:
            drafts = documents._generate()
        drafting.append(drafted["seconds"])
    with measured(env) as checked:
        documents._check_outdated()
    manual = documents.filtered(lambda document: document.kind == "manual").version_ids[:1]
    started = time.perf_counter()
    pdf = manual._print_pdf()
    pdf_seconds = time.perf_counter() - started
    started = time.perf_counter()
    manual._docx()
    docx_seconds = time.perf_counter() - started
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    return {
        "figures": {
            "documents": len(documents),
            "texts": texts,
            "drafts": len(drafts),
            "made_seconds": round(made["seconds"], 2),
            "rendering_seconds": round(min(rendering), 2),
            "rendering_without_collecting_seconds": round(min(bare), 2),
            "drafting_seconds": round(min(drafting), 2),
            "checking_seconds": round(checked["seconds"], 2),
            "manual_pages": pages,
            "manual_pdf_seconds": round(pdf_seconds, 1),
            "manual_pdf_milliseconds_per_page": round(1000 * pdf_seconds / pages),
            "manual_docx_seconds": round(docx_seconds, 1),
            "limit_seconds_pdf_of_60_pages": LIMIT_SECONDS_PDF,
            "limit_ratio": LIMIT_RATIO,
        },
        "ratio": round(min(drafting) / min(rendering), 2),
        "yardstick": "collecting the data and rendering the same texts alone, same run",
        "queries": {"made": made["queries"], "rendering": alone["queries"], "drafting": drafted["queries"]},
    }
