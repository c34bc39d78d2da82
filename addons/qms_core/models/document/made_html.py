from markupsafe import Markup

from odoo import fields


class MadeHtml(Markup):
    """HTML that the engine has put together: escaped values in texts that were cleaned when they were saved.

    Nothing that comes over RPC is of this type.
    """


class BodyHtml(fields.Html):
    """HTML that is cleaned whenever somebody writes it; what the engine made is clean and is taken as it is.

    Cleaning a text takes as long as rendering it, and the documents of an authority are hundreds.
    """

    def _convert(self, value, record, validate):
        return str(value) if isinstance(value, MadeHtml) else super()._convert(value, record, validate)
