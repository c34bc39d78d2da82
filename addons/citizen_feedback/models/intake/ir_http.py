from werkzeug.exceptions import RequestEntityTooLarge

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        super()._pre_dispatch(rule, args)
        if "path_arguments" in rule.endpoint.routing:
            request.feedback_pages = rule.endpoint.func.__self__

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

    @classmethod
    def _handle_error(cls, exception):
        """Say in the visitor's language that his form was too large, where its page takes smaller ones."""
        pages = getattr(request, "feedback_pages", None)
        if pages is None or not isinstance(exception, RequestEntityTooLarge):
            return super()._handle_error(exception)
        response = pages._too_large()
        # Rendered here: what answers an error is sent as it is.
        response.flatten()
        return response
