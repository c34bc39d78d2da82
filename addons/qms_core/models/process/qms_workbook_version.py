from collections import defaultdict

from odoo import api, models

from ...lib.workbook import Column, Sheet, clean, natural
from .qms_process_step import YEAR_MINUTES

LINES = {"steps": "qms.process.step", "transitions": "qms.process.transition", "flows": "qms.process.flow"}
TEXTS = ("purpose", "resources", "criteria", "legal_basis")


class QmsWorkbook(models.AbstractModel):
    """The contents of process versions: texts in the sheet of processes, steps, transitions and flows.

    A workbook never touches what was approved. Where it differs from the version in force (and from the open
    draft), the open draft gets its contents, or a new draft is made.
    """

    _inherit = "qms.workbook"

    @api.model
    def _version_sheets(self):
        process = Column("process", "ref", ref="processes", required=True, local=True, field="version_id.process_id")
        return [
            Sheet(
                "steps",
                (
                    process,
                    Column("key", "code", required=True, field="key"),
                    Column("sequence", "int", minimum=0, maximum=10**6, default=10, field="sequence"),
                    Column("name", required=True, field="name"),
                    self._choice("kind", "qms.process.step", "kind"),
                    Column("role", "ref", ref="roles", field="role_id"),
                    Column("unit", "ref", ref="units", field="department_id"),
                    Column("touch_minutes", "float", minimum=0, maximum=YEAR_MINUTES, field="touch_minutes"),
                    Column("wait_hours", "float", minimum=0, maximum=87_600, field="wait_hours"),
                    Column("system", field="information_system"),
                    Column("control_point", "bool", field="control_point"),
                    Column("documents", field="documents"),
                ),
                key=("process", "key"),
                owned=True,
            ),
            Sheet(
                "transitions",
                (
                    process,
                    Column(
                        "source",
                        "ref",
                        ref="steps",
                        by=("process", "source"),
                        required=True,
                        local=True,
                        field="source_id.key",
                    ),
                    Column(
                        "target",
                        "ref",
                        ref="steps",
                        by=("process", "target"),
                        required=True,
                        local=True,
                        field="target_id.key",
                    ),
                    Column("label", field="label"),
                    Column("share", "float", minimum=0, maximum=100, field="share"),
                ),
                key=("process", "source", "target"),
                owned=True,
            ),
            Sheet(
                "flows",
                (
                    process,
                    Column("key", "code", required=True, field="key"),
                    self._choice("direction", "qms.process.flow", "direction"),
                    Column("name", required=True, field="name"),
                    Column("party", "ref", ref="parties", field="party_id"),
                    Column("other_process", "ref", ref="processes", field="other_process_id"),
                ),
                key=("process", "key"),
                owned=True,
            ),
        ]

    # === READING === #

    @api.model
    def _cell(self, column, record, snapshot):
        if column.ref == "steps":
            end, name = column.field.split(".")
            return clean(record[end][name])  # keys of steps are what they are, not codes of indexed records
        return super()._cell(column, record, snapshot)

    @api.model
    def _settle(self, wanted, snapshot):
        notes = super()._settle(wanted, snapshot)
        told = None if wanted is None else self._told_contents(wanted)
        versions = self._open_versions(snapshot)
        contents = self._version_contents(versions, snapshot)
        chosen, drafts = {}, {}
        for code, candidates in self._by_process(versions, snapshot).items():
            if told is not None and code not in told:
                continue  # a row without any contents says nothing about them
            chosen[code] = self._baseline(candidates, contents, told and told[code])
            drafts[code] = next((version for version in candidates if version.state == "draft"), None)
        self._fill_rows(chosen, contents, snapshot)
        if told is not None:
            for key, values in wanted["processes"].items():
                if key[0] not in told and key in snapshot.rows["processes"]:
                    snapshot.rows["processes"][key].update({name: values[name] for name in TEXTS})
        snapshot.extra["drafts"] = drafts
        return notes

    @api.model
    def _told_contents(self, wanted):
        """Return what the workbook says of each process, for those it says anything of."""
        told = defaultdict(lambda: {name: {} for name in ("texts", *LINES)})
        for name in LINES:
            for key, values in wanted[name].items():
                told[key[0]][name][key] = values
        for (code,), values in wanted["processes"].items():
            texts = {name: values[name] for name in TEXTS}
            if any(texts.values()) or code in told:
                told[code]["texts"] = texts
        return told

    @api.model
    def _open_versions(self, snapshot):
        domain = [
            ("process_id", "in", list(snapshot.codes["processes"])),
            ("variant", "=", "regular"),
            ("state", "in", ("approved", "draft", "review")),
        ]
        return self.env["qms.process.version"].search(domain)

    @api.model
    def _by_process(self, versions, snapshot):
        """Group versions by code of their process: in force, then drafts, then in review, newest first."""
        ranks = {"approved": 0, "draft": 1, "review": 2}
        result = defaultdict(list)
        for version in versions.sorted(lambda version: (ranks[version.state], -version.number)):
            result[snapshot.codes["processes"][version.process_id.id]].append(version)
        return result

    @api.model
    def _baseline(self, candidates, contents, told):
        """Return the version that a process is compared with.

        One that says what the workbook says, if there is one; else the draft that would get its contents; else
        the version in force.
        """
        if told is None:
            return candidates[0]
        equal = [version for version in candidates if contents[version.id] == told]
        drafts = [version for version in candidates if version.state == "draft"]
        return (equal or drafts or candidates)[0]

    @api.model
    def _version_contents(self, versions, snapshot):
        """Return ``{id of the version: {"texts": …, "steps": {key: values}, …}}``: one search a kind of line."""
        contents = {
            version.id: {"texts": {name: clean(version[name]) for name in TEXTS}, **{name: {} for name in LINES}}
            for version in versions
        }
        for sheet in self._version_sheets():
            for line in self.env[LINES[sheet.name]].search([("version_id", "in", versions.ids)]):
                values = {column.name: self._cell(column, line, snapshot) for column in sheet.columns}
                contents[line.version_id.id][sheet.name][sheet.key_of(values)] = values
        return contents

    @api.model
    def _fill_rows(self, chosen, contents, snapshot):
        for name in LINES:
            snapshot.rows[name] = {}
        for code, version in chosen.items():
            snapshot.rows["processes"][code,].update(contents[version.id]["texts"])
            for name in LINES:
                snapshot.rows[name].update(contents[version.id][name])

    @api.model
    def _sorted_rows(self, sheet, rows):
        if sheet.name == "steps":
            return sorted(
                rows.values(), key=lambda row: (natural([row["process"]]), row["sequence"], natural([row["key"]]))
            )
        return super()._sorted_rows(sheet, rows)

    # === WRITING === #

    @api.model
    def _load_sheet(self, sheet, load):
        super()._load_sheet(sheet, load)
        # The processes are all there now, which the flows need; the three sheets are written together.
        if sheet.name == "steps":
            self._load_versions(load)

    @api.model
    def _load_versions(self, load):
        codes = {item.key[0] for name in LINES for item in load.differences[name]}
        codes |= {item.key[0] for item in load.differences["processes"] if set(TEXTS) & set(item.changes)}
        codes = sorted(codes)
        if not codes:
            return
        versions, bases = self._prepare_drafts(codes, load)
        kept = {name: self._copied_lines(name, bases) for name in ("steps", "flows")}
        for name in ("transitions", "steps", "flows"):
            drafts = self.env["qms.process.version"].union(*versions.values())
            self.env[LINES[name]].search([("version_id", "in", drafts.ids)]).unlink()
        self._create_lines(versions, kept, load)
        load.drafts = self.env["qms.process.version"].union(*versions.values())

    @api.model
    def _prepare_drafts(self, codes, load):
        """Return the draft that each process gets its contents in, and the version it is based on."""
        model = self.env["qms.process.version"].with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        processes = {code: self.env["qms.process"].browse(load.snapshot.ids["processes"][code,]) for code in codes}
        versions, bases, vals_list = {}, {}, []
        for code, process in processes.items():
            texts = {name: load.wanted["processes"][code,][name] or False for name in TEXTS}
            draft = load.snapshot.extra["drafts"].get(code)
            bases[code] = draft or process.version_id
            if draft:
                versions[code] = draft
                changed = {name: text for name, text in texts.items() if clean(draft[name]) != (text or "")}
                if changed:
                    draft.write(changed)
            else:
                vals_list.append({**self._based_on(process.version_id), "process_id": process.id, **texts})
        new = iter(model.create(vals_list))
        versions.update({code: next(new) for code in codes if code not in versions})
        return versions, bases

    @api.model
    def _based_on(self, version):
        """Return the values a new draft takes over from the version in force, without its lines."""
        if not version:
            return {}
        [vals] = version.copy_data({"based_on_id": version.id})
        return {name: value for name, value in vals.items() if version._fields[name].type != "one2many"}

    @api.model
    def _copied_lines(self, name, bases):
        """Return ``{(process, key): values}``, so that what the workbook doesn't hold of a line is kept."""
        versions = self.env["qms.process.version"].union(*bases.values())
        lines = self.env[LINES[name]].search([("version_id", "in", versions.ids)])
        codes = {version.id: code for code, version in bases.items()}
        return {
            (codes[line.version_id.id], line.key): vals for line, vals in zip(lines, lines.copy_data(), strict=True)
        }

    @api.model
    def _create_lines(self, versions, kept, load):
        sheets = {sheet.name: sheet for sheet in self._version_sheets()}
        step_ids = {}
        for name in ("steps", "flows"):
            rows = {key: values for key, values in load.wanted[name].items() if key[0] in versions}
            vals_list = [
                {
                    **kept[name].get(key, {}),
                    **self._vals(sheets[name], values, sheets[name].columns, load),
                    "version_id": versions[key[0]].id,
                }
                for key, values in rows.items()
            ]
            lines = self.env[LINES[name]].create(vals_list)
            if name == "steps":
                step_ids = dict(zip(rows, lines.ids, strict=True))
        self.env[LINES["transitions"]].create(
            [
                {
                    "version_id": versions[process].id,
                    "source_id": step_ids[process, source],
                    "target_id": step_ids[process, target],
                    "label": values["label"] or False,
                    "share": values["share"],
                }
                for (process, source, target), values in load.wanted["transitions"].items()
                if process in versions
            ]
        )
