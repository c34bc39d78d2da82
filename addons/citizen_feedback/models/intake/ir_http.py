from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        """Hand over only the arguments that are part of the path, for routes that say so.

        By default every field of a form becomes an argument of the controller's method: a field named
        ``self`` then is a TypeError, an error 500 that any visitor can cause.
        """
        names = endpoint.routing.get("path_arguments")
        if names is not None:
            request.params = {name: request.params[name] for name in names}
        return super()._dispatch(endpoint)
