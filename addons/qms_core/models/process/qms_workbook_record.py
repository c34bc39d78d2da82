from collections import defaultdict

from odoo import api, fields, models

from ...lib import workbook
from .qms_workbook import Snapshot


class QmsWorkbook(models.AbstractModel):
    """The sheets of which each row is one record: read and written in batches, without knowing what they mean."""

    _inherit = "qms.workbook"

    # === READING === #

    @api.model
    def _languages(self):
        """Return ``{language of the headers: code in Odoo}``, English (the source of translations) first."""
        languages = {"en": "en_US"}
        for code in sorted(code for code, _name in self.env["res.lang"].get_installed()):
            short = code.split("_")[0]
            if code not in languages.values():
                languages[code if short in languages else short] = code
        return languages

    @api.model
    def _model(self, sheet):
        model = self.env[sheet.model].with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        # sudo: whoever keeps the model keeps its units, positions and people as well, which otherwise takes
        # HR rights; only the columns of the workbook are read and written.
        return model.sudo() if sheet.sudo else model

    @api.model
    def _snapshot(self, wanted):
        snapshot = Snapshot(self._languages())
        spec = self._spec()
        self._index(spec, snapshot)
        for sheet in spec:
            snapshot.rows[sheet.name] = self._record_rows(sheet, snapshot) if sheet.model else {}
        return snapshot

    @api.model
    def _index(self, spec, snapshot):
        """Find the records of the company by their keys: one search a sheet."""
        for sheet in spec:
            if not sheet.model:
                continue
            ids, archived, codes = {}, set(), {}
            domain = [("company_id", "=", self.env.company.id)]
            for record in self._model(sheet).with_context(active_test=False).search(domain):
                values = {name: self._cell(sheet.column(name), record, snapshot) for name in sheet.key}
                key = sheet.key_of(values)
                if not all(key):
                    continue  # a unit or position that has no code isn't part of the model yet
                if "active" in record._fields and not record.active:
                    archived.add(key)
                else:
                    ids[key], codes[record.id] = record.id, key[-1]
            snapshot.ids[sheet.name] = ids
            snapshot.archived[sheet.name] = archived
            snapshot.codes[sheet.name] = codes

    @api.model
    def _record_rows(self, sheet, snapshot):
        ids = snapshot.ids[sheet.name]
        records = self._model(sheet).browse(ids.values())
        rows = {
            key: {
                column.name: self._cell(column, record, snapshot) for column in sheet.columns if not column.translated
            }
            for key, record in zip(ids, records, strict=True)
        }
        for column in sheet.columns:
            for language, code in snapshot.languages.items() if column.translated else ():
                for key, record in zip(ids, records.with_context(lang=code), strict=True):
                    rows[key][column.header(language)] = workbook.clean(record[column.field])
        return rows

    @api.model
    def _cell(self, column, record, snapshot):
        """Return the value of a record as a cell holds it."""
        if not column.field:
            return column.empty
        *path, name = column.field.split(".")
        for part in path:
            record = record[part]
        value = record[name]
        if column.ref:
            codes = snapshot.codes[column.ref]
            return ";".join(sorted(codes[record_id] for record_id in value.ids if record_id in codes))
        if column.type in ("int", "float", "bool"):
            return value
        if column.type == "date":
            return fields.Date.to_string(value) or ""
        return workbook.clean(value)

    # === WRITING === #

    @api.model
    def _vals(self, sheet, values, columns, load):
        """Hook: return what is written into the record of a row, except translated texts."""
        return {
            column.field: self._field_value(column, values, load.snapshot)
            for column in columns
            if column.field and "." not in column.field and not column.translated
        }

    @api.model
    def _field_value(self, column, values, snapshot):
        """Return the value of a cell as the record's field takes it."""
        value = values[column.name]
        if not column.ref:
            return value if column.type in ("int", "float", "bool") else value or False
        ids = [snapshot.ids[column.ref][column.ref_key(part, values)] for part in (value.split(";") if value else ())]
        return [(6, 0, ids)] if column.many else (ids[0] if ids else False)

    @api.model
    def _create_records(self, sheet, keys, load):
        """Create the records of new rows: one batch, or one per level of a tree."""
        wanted = load.wanted[sheet.name]
        languages = load.snapshot.languages
        main = self._main_language(languages)
        for level in self._levels(sheet, keys, wanted):
            vals_list = []
            texts = [self._texts(sheet, wanted[key], languages, complete=True) for key in level]
            for key, by_field in zip(level, texts, strict=True):
                vals = self._vals(sheet, wanted[key], sheet.columns, load)
                vals.update(
                    {name: by_lang.get(main) or by_lang["en_US"] or False for name, by_lang in by_field.items()}
                )
                if not self.env[sheet.model]._fields["company_id"].related:
                    vals["company_id"] = self.env.company.id
                vals_list.append(vals)
            records = self._model(sheet).with_context(lang=main).create(vals_list)
            for key, record in zip(level, records, strict=True):
                load.snapshot.ids[sheet.name][key] = record.id
            self._write_texts(records, texts, skip=main)

    @api.model
    def _levels(self, sheet, keys, wanted):
        """Return the keys in batches, parents before their children."""
        pending, levels = list(keys), []
        column = sheet.parent and sheet.column(sheet.parent)
        while pending and column:
            waiting = set(pending)
            level = [
                key
                for key in pending
                if not wanted[key][sheet.parent]
                or column.ref_key(wanted[key][sheet.parent], wanted[key]) not in waiting
            ]
            levels.append(level)
            pending = [key for key in pending if key not in set(level)]
        return levels if column else [pending] if pending else []

    @api.model
    def _write_record(self, sheet, difference, load):
        values = load.wanted[sheet.name][difference.key]
        columns = [column for column in sheet.columns if set(self._headers(column, load)) & set(difference.changes)]
        record = self._model(sheet).browse(load.snapshot.ids[sheet.name][difference.key])
        vals = self._vals(sheet, values, columns, load)
        changed = workbook.Sheet(sheet.name, tuple(columns))
        texts = self._texts(changed, values, load.snapshot.languages)
        main = self._main_language(load.snapshot.languages)
        vals.update({name: by_lang[main] or False for name, by_lang in texts.items() if main in by_lang})
        if vals:
            record.with_context(lang=main).write(vals)
        self._write_texts(record, [texts], skip=main)

    @api.model
    def _headers(self, column, load):
        return [column.header(language) for language in load.snapshot.languages]

    @api.model
    def _main_language(self, languages):
        """Return the language to write in, so that errors come in the user's language where that's possible."""
        return self.env.lang if self.env.lang in languages.values() else "en_US"

    @api.model
    def _texts(self, sheet, values, languages, complete=False):
        """Return the translated texts of a row as ``{field: {code in Odoo: text}}``.

        :param bool complete: have the source text in any case, as a new record needs it
        """
        result = {}
        for column in sheet.columns:
            if column.translated:
                texts = workbook.spread(column, values, languages, complete)
                result[column.field] = {languages[language]: text for language, text in texts.items()}
        return result

    @api.model
    def _write_texts(self, records, texts, skip):
        """Write translations, the source language first: what equals its text is not stored as a translation."""
        by_lang = defaultdict(list)
        for record, by_field in zip(records.with_context(tracking_disable=True), texts, strict=True):
            for name, translations in by_field.items():
                for code, text in translations.items():
                    by_lang[code].append((record, name, text))
        order = sorted(by_lang, key=lambda code: code != "en_US")
        if not self.env["res.lang"]._get_data(code="en_US"):
            order.append("en_US")  # while English is inactive, Odoo writes each other language into the source too
        for position, code in enumerate(order):
            if code == skip and not position:
                continue  # written with the record; later ones may have equalled a source that has changed since
            for record, name, text in by_lang[code]:
                record.with_context(lang=code).write({name: text or False})
