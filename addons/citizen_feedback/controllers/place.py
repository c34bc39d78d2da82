from urllib.parse import quote, urlencode

from odoo.http import request
from odoo.tools import groupby

from ..lib.rating_form import RatingForm, clean_text
from ..models.rating.qms_service_public import LARGEST_ID
from .public import public_route
from .rating import BODY_LIMIT, RatingPages, Way


class PlacePages(RatingPages):
    """The services of one unit, of one service point, or of one life situation."""

    @public_route("/feedback/<any(place,life):kind>", methods=["GET"], readonly=True, path_arguments=("kind",))
    def place_index(self, kind):
        """List the authority's service points, or the life situations that its services belong to."""
        lang = self._use_language()
        places = request.env["qms.service"]._feedback_places(self._company(), kind)
        return self._page(
            "page_places",
            lang,
            {
                "kind": kind,
                "places": [
                    {**place, "url": f"/feedback/{kind}/{place['id']}?{urlencode({'lang': lang})}"} for place in places
                ],
            },
        )

    @public_route(
        "/feedback/<any(unit,place,life):kind>/<string:number>",
        methods=["GET"],
        readonly=True,
        path_arguments=("kind", "number"),
    )
    def place_services(self, kind, number):
        """List the services of a unit, a service point or a life situation."""
        lang = self._use_language()
        place, services = request.env["qms.service"]._feedback_place(self._company(), kind, _number(number))
        if not place:
            return self._not_found(lang)
        units = [
            {
                "name": unit.name,
                "services": [
                    {"name": service.name, "url": self._place_url(kind, number, service, lang)} for service in members
                ],
            }
            for unit, members in groupby(services, key=lambda service: service.department_id)
        ]
        address = place.address if kind == "place" else ""
        values = {"name": place.name, "address": address, "units": units, "found": len(services)}
        return self._page("page_place_services", lang, values)

    @public_route(
        "/feedback/place/<string:number>/<path:code>",
        methods=["GET"],
        readonly=True,
        path_arguments=("number", "code"),
    )
    def place_form(self, number, code):
        """Show the form of a service, of which a visitor says where he received it."""
        lang = self._use_language()
        point, service = self._place_service(number, code)
        if not service:
            return self._not_found(lang)
        return self._form_page(service, RatingForm(), lang, self._place_way(point, service, lang))

    # No csrf token: see RatingPages.rate
    @public_route(
        "/feedback/place/<string:number>/<path:code>",
        methods=["POST"],
        csrf=False,
        max_content_length=BODY_LIMIT,
        path_arguments=("number", "code"),
    )
    def place_rate(self, number, code):
        """Take a rating of a service at a service point."""
        lang = self._use_language()
        point, service = self._place_service(number, code)
        if not service:
            return self._not_found(lang)
        return self._answer(service, lang, self._place_way(point, service, lang))

    # === PLACES === #

    def _place_service(self, number, code):
        point, services = request.env["qms.service"]._feedback_place(self._company(), "place", _number(number))
        if clean_text(code) != code:
            return point, services.browse()
        return point, services.filtered(lambda service: service.code == code)[:1]

    def _place_way(self, point, service, lang):
        return Way(
            form_url=self._place_url("place", point.id, service, lang),
            thanks_url=self._url("thanks", lang),
            vals={"point_id": point.id},
        )

    def _place_url(self, kind, number, service, lang):
        if kind != "place":
            return self._url(service.code, lang)
        return f"/feedback/place/{number}/{quote(service.code, safe='')}?{urlencode({'lang': lang})}"


def _number(text):
    """Return the number in an address; 0, which no record has, for what is none.

    Not the router's own numbers: Python refuses to read one of thousands of digits, which is an error of the server.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) else 0
