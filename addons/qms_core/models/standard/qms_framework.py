from collections import Counter

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_path

from ...lib import framework

SHOWN = 20


class QmsFramework(models.AbstractModel):
    """Loads framework files into the current authority: all or nothing, again and again.

    A newer version of a file renews titles and paraphrases, adds clauses, and archives those that are gone; what
    answers a clause, whether it applies and the authority's own wording are never touched.
    """

    _name = "qms.framework"
    _description = "Framework Files"

    # === HOOKS === #

    @api.model
    def _folders(self):
        """Hook: return the folders of framework files that come with the installed addons."""
        return ["qms_core/data/frameworks"]

    # === BUSINESS METHODS === #

    @api.model
    def _shipped(self):
        """Return the frameworks that come with the installed addons, and the mappings between them.

        :rtype: tuple(dict[str, lib.framework.Framework], list[lib.framework.Mapping])
        :raises UserError: naming a broken file and what is wrong in it
        """
        frameworks, mappings = {}, []
        for folder in self._folders():
            try:
                found = framework.read_folder(file_path(folder))
            except framework.BrokenFileError as error:
                raise UserError(f"{error.name}\n{self._problem_text(error.problems)}") from error
            frameworks |= found[0]
            mappings += found[1]
        return frameworks, mappings

    @api.model
    def _read(self, content):
        """Read a file.

        :param bytes content: JSON in UTF-8
        :rtype: lib.framework.Framework | lib.framework.Mapping
        :raises UserError: naming what is wrong and where
        """
        found, problems = framework.read(content)
        if problems:
            raise UserError(self._problem_text(problems))
        return found

    @api.model
    def _problem_text(self, problems):
        return "\n".join(self._problem_line(problem) for problem in problems[:SHOWN])

    @api.model
    def _load(self, frameworks, mappings=(), keep_titles=False):
        """Load frameworks, then mappings, then whatever shipped mapping both ends of which are there.

        :param frameworks: ``lib.framework.Framework``, older editions in any order
        :param mappings: ``lib.framework.Mapping`` that must fit
        :param bool keep_titles: fill in what is empty, leave texts that are there
        :return: the standards loaded, and a Counter of ``new``, ``renewed`` and ``archived`` clauses
        :rtype: tuple(qms.standard, Counter)
        :raises AccessError: for who doesn't keep the standards
        :raises UserError: if a file is older than what is loaded, or a mapping doesn't fit
        """
        self._check_may_load()
        counts, loaded = Counter(), self.env["qms.standard"]
        with self.env.cr.savepoint():  # whoever catches an error is left without half a framework as well
            for item in frameworks:
                loaded |= self._load_framework(item, keep_titles, counts)
            self._link_editions(loaded, frameworks)
            for mapping in mappings:
                loaded |= self._load_mapping(mapping, strict=True)
            self._load_shipped_mappings(loaded, mappings)
        return loaded, counts

    @api.model
    def _load_shipped_mappings(self, loaded, but):
        """Load what comes with the program for these standards, as far as the other ends are there."""
        codes = set(loaded.mapped("code"))
        for mapping in self._shipped()[1]:
            if mapping not in but and codes & {mapping.source, mapping.target}:
                self._load_mapping(mapping, strict=False)

    @api.model
    def _loaded(self):
        """Return the standards of the current authority by code, archived ones too."""
        standards = self.env["qms.standard"].with_context(active_test=False)
        return {row.code: row for row in standards.search([("company_id", "=", self.env.company.id)])}

    # === FRAMEWORKS === #

    @api.model
    def _load_framework(self, item, keep_titles, counts):
        standard = self._loaded().get(item.code)
        if standard:
            self._check_renewal(standard, item)
        vals = {"edition": item.edition, "valid_from": item.valid_from or False, "valid_to": item.valid_to or False}
        if standard and keep_titles:
            vals = {name: value for name, value in vals.items() if not standard[name]}
        vals["file_revision"] = item.revision
        texts = {"name": item.title, "source": item.source, "licence": item.licence}
        if standard:
            standard.write(vals)
        else:
            vals |= {"code": item.code, "company_id": self.env.company.id, **self._english(texts)}
            standard = self.env["qms.standard"].with_context(lang="en_US").create(vals).with_env(self.env)
            keep_titles = False
        self._write_texts(standard, [texts], keep_titles)
        self._load_clauses(standard, item, keep_titles, counts)
        return standard

    @api.model
    def _check_renewal(self, standard, item):
        if not standard.active:
            raise UserError(self.env._("The standard %s is archived. Restore it first.", item.code))
        if item.revision < standard.file_revision:
            raise UserError(
                self.env._(
                    "%(code)s is loaded from version %(loaded)s of its file, this file is version %(revision)s. "
                    "Choose a newer file.",
                    code=item.code,
                    loaded=standard.file_revision,
                    revision=item.revision,
                )
            )

    @api.model
    def _load_clauses(self, standard, item, keep_titles, counts):
        requirements = self.env["qms.requirement"].with_context(active_test=False)
        by_code = {row.clause: row for row in requirements.search([("standard_id", "=", standard.id)])}
        gone = [row.id for code, row in by_code.items() if row.from_file and row.active]
        for level in item.levels():
            known = [clause for clause in level if clause.code in by_code]
            fresh = [clause for clause in level if clause.code not in by_code]
            for clause in known:
                by_code[clause.code].write(self._clause_vals(clause, by_code))
            vals_list = [
                {
                    **self._clause_vals(clause, by_code),
                    "standard_id": standard.id,
                    "clause": clause.code,
                    **self._english(self._clause_texts(clause)),
                }
                for clause in fresh
            ]
            created = requirements.with_context(lang="en_US").create(vals_list).with_env(requirements.env)
            by_code.update(zip((clause.code for clause in fresh), created, strict=True))
            self._write_texts(created, list(map(self._clause_texts, fresh)), keep=False)
            renewed = requirements.union(*(by_code[clause.code] for clause in known))
            self._write_texts(renewed, list(map(self._clause_texts, known)), keep_titles)
            counts.update(new=len(fresh), renewed=len(known))
        archived = requirements.browse(gone) - requirements.union(*(by_code[clause.code] for clause in item.clauses))
        archived.write({"active": False})
        counts["archived"] += len(archived)

    @api.model
    def _clause_vals(self, clause, by_code):
        parent = by_code[clause.parent].id if clause.parent else False
        return {"parent_id": parent, "from_file": True, "active": True}

    @api.model
    def _clause_texts(self, clause):
        return {"name": clause.title, "paraphrase": clause.paraphrase}

    @api.model
    def _link_editions(self, loaded, frameworks):
        """Tell which edition replaces which; of those that come with the program, whichever of the two came first.

        :param frameworks: what was just loaded, also from files of one's own
        """
        known, shipped = self._loaded(), self._shipped()[0]
        for item in [*frameworks, *shipped.values()]:
            new, old = known.get(item.code), known.get(item.supersedes)
            if new and old and (new | old) & loaded and not new.supersedes_id:
                new.supersedes_id = old

    # === MAPPINGS === #

    @api.model
    def _load_mapping(self, mapping, strict):
        """Load a mapping.

        :param bool strict: refuse a mapping that doesn't fit; otherwise leave out what isn't there
        :return: the two standards, none if one of them is missing
        """
        known = self._loaded()
        missing = [code for code in (mapping.source, mapping.target) if code not in known]
        if missing and strict:
            raise UserError(
                self.env._("The mapping needs the standard %s. Add that framework first.", ", ".join(missing))
            )
        if missing:
            return self.env["qms.standard"]
        ends = known[mapping.source], known[mapping.target]
        clauses = [{row.clause: row.id for row in standard.requirement_ids} for standard in ends]
        if strict:
            self._check_mapping(mapping, ends, clauses)
        links = [link for link in mapping.links if link.source in clauses[0] and link.target in clauses[1]]
        self._write_links(mapping, ends, {(clauses[0][link.source], clauses[1][link.target]): link for link in links})
        return ends[0] | ends[1]

    @api.model
    def _check_mapping(self, mapping, ends, clauses):
        for link in mapping.links:
            for standard, codes, code in zip(ends, clauses, (link.source, link.target), strict=True):
                if code not in codes:
                    raise UserError(
                        self.env._(
                            "%(first)s → %(second)s: %(standard)s has no clause %(clause)s. Correct the mapping.",
                            first=link.source,
                            second=link.target,
                            standard=standard.code,
                            clause=code,
                        )
                    )
        left = sorted(set(clauses[0]) - {link.source for link in mapping.links}) if mapping.complete else []
        if left:
            raise UserError(
                self.env._(
                    "The mapping is said to be complete, but leaves out these clauses of %(standard)s: %(clauses)s.",
                    standard=ends[0].code,
                    clauses=", ".join(left),
                )
            )

    @api.model
    def _write_links(self, mapping, ends, links):
        """Make the rows from files between two standards those of the file; rows by hand are kept."""
        rows = self.env["qms.requirement.mapping"].search(
            [("from_standard_id", "=", ends[0].id), ("to_standard_id", "=", ends[1].id)]
        )
        by_pair = {(row.from_id.id, row.to_id.id): row for row in rows}
        rows.filtered(lambda row: row.from_file and (row.from_id.id, row.to_id.id) not in links).unlink()
        fresh = [pair for pair in links if pair not in by_pair]
        for pair in links:
            if pair in by_pair and by_pair[pair].from_file:
                by_pair[pair].write({"strength": links[pair].strength, "both_ways": mapping.both_ways})
        created = (
            rows.browse()
            .with_context(lang="en_US")
            .create(
                [
                    {
                        "from_id": pair[0],
                        "to_id": pair[1],
                        "strength": links[pair].strength,
                        "both_ways": mapping.both_ways,
                        "from_file": True,
                        **self._english({"note": links[pair].note}),
                    }
                    for pair in fresh
                ]
            )
        )
        self._write_texts(created.with_env(self.env), [{"note": links[pair].note} for pair in fresh], keep=False)

    # === TEXTS === #

    @api.model
    def _english(self, texts):
        return {name: by_language.get("en") or False for name, by_language in texts.items()}

    @api.model
    def _write_texts(self, records, texts, keep):
        """Write texts in all installed languages that the file has.

        :param list texts: for each record ``{field: {language: text}}``
        :param bool keep: leave a text alone that is there already
        """
        languages = self.env["qms.workbook"]._languages()
        source = records.with_context(lang="en_US")
        wanted = [
            {
                name: {languages[short]: text for short, text in by_language.items() if short in languages}
                for name, by_language in by_field.items()
                if by_language and not (keep and record[name])
            }
            for record, by_field in zip(source, texts, strict=True)
        ]
        self.env["qms.workbook"]._write_texts(records, wanted, skip=None)

    # === ACCESS === #

    @api.model
    def _check_may_load(self):
        user = self.env.user
        keepers = ("qms_core.group_coordinator", "qms_core.group_commissioner")
        if not (self.env.su or any(user.has_group(group) for group in keepers)):
            raise AccessError(
                self.env._("Only the quality coordinator and the chief quality commissioner add frameworks.")
            )
