from markupsafe import Markup

from odoo import api, models

from ...lib import network

# Keys of the nodes: what they are, and the id.
PROCESS_KEY, PARTY_KEY = "process-%s", "party-%s"


class QmsProcess(models.Model):
    _inherit = "qms.process"

    # === BUSINESS METHODS === #

    @api.model
    @api.readonly
    def get_interaction_map(self, domain=None, department_id=False, kind=False):
        """Return the picture of who supplies whom, by the versions in force that the user may read.

        :param list domain: processes asked for; their direct neighbours are drawn with them
        :param int department_id: only processes of this unit and the units below it
        :param str kind: only processes of this kind
        :return: sizes, bands, nodes and edges in pixels (see ``lib.network.to_data``), ``missing`` (the rows of
            :meth:`_missing_ends`), ``details`` of the nodes by key, and the ``units`` and ``kinds`` to choose from
        :rtype: dict
        """
        chosen = list(domain or [])
        if department_id:
            chosen.append(("department_id", "child_of", department_id))
        if kind:
            chosen.append(("kind", "=", kind))
        graph, processes = self._interaction_network(chosen)
        drawn = network.place(graph, self._interaction_words())
        return {
            **network.to_data(drawn),
            "missing": self._missing_rows(graph),
            "details": {
                key: process._interaction_detail()
                for process in processes
                if (key := PROCESS_KEY % process.id) in graph.shown
            },
            "units": self._interaction_units(processes),
            "kinds": self._fields["kind"]._description_selection(self.env),
        }

    def _missing_ends(self):
        """Return the ends that are missing in the versions in force of these processes; of all, if there are none.

        :return: one dict per end: ``process_id``, ``kind`` (``unsupplied``, ``untaken``, ``one_sided``),
            ``direction``, ``name`` of the input or output, ``other_id`` (process at the other end, or False) and
            ``message``, a sentence that says what is wrong and what to do
        :rtype: list[dict]
        """
        graph, _processes = self._interaction_network([("id", "in", self.ids)] if self else [])
        return self._missing_rows(graph)

    def _interaction_network(self, domain):
        """Return the network and the processes the user may see; the number of queries does not depend on theirs."""
        # Archived ones too: who still names them as supplier or customer has a missing end.
        processes = self.with_context(active_test=False).search([])
        versions = processes.filtered("active").version_id
        flows = self.env["qms.process.flow"].search([("version_id", "in", versions.ids)])
        chosen = None
        if domain:
            chosen = {PROCESS_KEY % process.id for process in self.search(domain) if process.version_id}
        graph = network.build(
            [
                network.Process(
                    PROCESS_KEY % process.id,
                    process.code,
                    process.name,
                    process.kind,
                    in_force=bool(process.version_id),
                    active=process.active,
                )
                for process in processes
            ],
            [network.Party(PARTY_KEY % party.id, party.name) for party in flows.party_id],
            [self._interaction_flow(flow) for flow in flows],
            chosen,
        )
        return graph, processes

    def _interaction_flow(self, flow):
        # The key only: the other process may be one the user may not read.
        other = PROCESS_KEY % flow.other_process_id.id if flow.other_process_id else ""
        return network.Flow(
            PROCESS_KEY % flow.version_id.process_id.id,
            flow.direction,
            flow.name,
            PARTY_KEY % flow.party_id.id if flow.party_id else other,
        )

    def _interaction_words(self):
        """Return the words of the picture in the user's language."""
        return {
            **dict(self._fields["kind"]._description_selection(self.env)),
            network.SUPPLIER: self.env._("Suppliers"),
            network.CUSTOMER: self.env._("Customers"),
            network.OUTSIDE: self.env._("Outside this authority"),
            network.UNSUPPLIED: self.env._("Nobody supplies: %s"),
            network.UNTAKEN: self.env._("Nobody takes: %s"),
            network.ONE_SIDED: self.env._("Named by one side: %s"),
        }

    def _interaction_detail(self):
        self.ensure_one()
        return {
            "id": self.id,
            "unit": self.department_id.name or "",
            "in_force": bool(self.version_id),
        }

    def _interaction_units(self, processes):
        """Return ``[id, name]`` of the units that have processes in force, to choose from."""
        units = processes.filtered(lambda process: process.active and process.version_id).department_id
        return [[unit.id, unit.name] for unit in units.sorted("name")]

    # === MISSING ENDS === #

    def _missing_rows(self, graph):
        return [
            {
                "process_id": int(row.process.partition("-")[2]),
                "process": row.process,
                "kind": row.kind,
                "direction": row.direction,
                "name": row.name,
                "other_id": int(row.other.partition("-")[2]) if row.other else False,
                "other": row.other,
                "message": self._missing_message(row, graph.processes),
            }
            for row in graph.missing
        ]

    def _missing_message(self, row, processes):
        """Return the sentence about a missing end: what is wrong, what to do."""
        words = {"name": row.name, "code": processes[row.process].code}
        other = processes.get(row.other)
        if other:
            words["other"] = other.code
        if row.kind == network.ONE_SIDED:
            return self._one_sided_message(row, words, other)
        supply = row.kind == network.UNSUPPLIED
        if not other:
            return (
                self.env._("Nobody supplies “%(name)s”. Name its supplier in %(code)s.", **words)
                if supply
                else self.env._("Nobody takes “%(name)s”. Name its customer in %(code)s, or leave it out.", **words)
            )
        if not other.active:
            return (
                self.env._("%(other)s, which supplied “%(name)s”, is archived. Name another supplier.", **words)
                if supply
                else self.env._("%(other)s, which took “%(name)s”, is archived. Name another customer.", **words)
            )
        return (
            self.env._("Nobody supplies “%(name)s”, but %(other)s gives the same to nobody. Connect them.", **words)
            if supply
            else self.env._("Nobody takes “%(name)s”, but %(other)s gets the same from nobody. Connect them.", **words)
        )

    def _one_sided_message(self, row, words, other):
        if not other.in_force:
            return self.env._(
                "“%(name)s” is named by %(code)s only: %(other)s has no version in force. Describe and approve it.",
                **words,
            )
        if row.similar:
            words["similar"] = ", ".join(row.similar)
            return self.env._(
                "“%(name)s” is named by %(code)s only; %(other)s names “%(similar)s”. "
                "If it is the same, give it the same name.",
                **words,
            )
        if row.direction == network.OUTPUT:
            return self.env._(
                "“%(name)s” is named by %(code)s only. Name it as an input in %(other)s, or leave it out.", **words
            )
        return self.env._(
            "“%(name)s” is named by %(code)s only. Name it as an output in %(other)s, or leave it out.", **words
        )

    # === PRINT === #

    @api.model
    def _interaction_print(self):
        """Return what the printed map shows: picture, sheet of paper, edges and missing ends in words.

        :rtype: dict
        """
        graph, processes = self._interaction_network([])
        words = self._interaction_words()
        drawn, sheet = network.for_print(graph, words)
        names = {PROCESS_KEY % process.id: process.display_name for process in processes}
        names.update({key: party.name for key, party in graph.parties.items()})
        names[network.OUTSIDE] = words[network.OUTSIDE]
        return {
            # Our own SVG with every text escaped.
            "svg": Markup(network.to_svg(drawn, self.env._("Interaction map"), self.env.lang or "en_US")),
            "sheet": sheet,
            "edges": [(names[edge.source], edge.items, names[edge.target]) for edge in graph.edges],
            "missing": [(names[row["process"]], row["message"]) for row in self._missing_rows(graph)],
        }
