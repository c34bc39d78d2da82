import base64
import json
from dataclasses import asdict
from functools import lru_cache

from odoo import api, models
from odoo.tools import file_path

from ...lib import docgen, layout

# A map wraps into bands at this width (px): at the width of a page its smallest letters are still 6 points high.
WIDTH = 760
# A font of Odoo's own with Latin and Cyrillic letters, no wider than what the layout reckons with.
FONT = "web/static/fonts/sign/NotoSans-Reg.ttf"
# One map stands in the passport, the regulation and the card of a process, and is compared each night.
MAPS_KEPT = 64


@lru_cache(MAPS_KEPT)
def _draw(shown):
    """Return the pictures of a map, one for each band.

    :param str shown: JSON of what ``_map_data`` returns
    :rtype: list[bytes]
    """
    data = json.loads(shown)
    graph = layout.Graph(
        lanes=[layout.Lane(**row) for row in data["lanes"]],
        nodes=[layout.Node(**row) for row in data["nodes"]],
        edges=[layout.Edge(**row) for row in data["edges"]],
    )
    return layout.to_pictures(layout.place(graph, width=WIDTH), file_path(FONT), WIDTH)


class QmsDocumentProvider(models.AbstractModel):
    """Process maps in documents: plain data as everything else, drawn as pictures when the text is made.

    In the data a map is called ``_map``: no placeholder can name what begins with an underscore, blocks can.
    """

    _inherit = "qms.document.provider"

    @api.model
    def _blocks_process(self):
        return {**super()._blocks_process(), "process_map": self.env._("Process map")}

    @api.model
    def _blocks_service(self):
        return {**super()._blocks_service(), "service_map": self.env._("Map of the process that delivers it")}

    @api.model
    def _map_data(self, version):
        """Return what the map of a version (``qms.process.version``) shows; empty without steps.

        :rtype: dict
        """
        return asdict(version._map_graph()) if version.step_ids else {}

    @api.model
    def _map_pictures(self, data):
        """Draw a map.

        A picture is named by what it shows, so that a document whose pictures have the same names reads the same,
        whatever its files were compressed by.

        :param dict data: as ``_map_data`` returns it
        :return: one picture for each band: ``[{"name": text, "source": address of the picture itself}]``
        :rtype: list[dict]
        """
        if not data:
            return []
        pictures = _draw(json.dumps(data, sort_keys=True))
        name = f"{self.env._('Process map')} {docgen.digest(data)[:8]}"
        return [
            {
                "name": f"{name}-{number}",
                "source": f"data:image/png;base64,{base64.b64encode(picture).decode()}",
            }
            for number, picture in enumerate(pictures, start=1)
        ]
