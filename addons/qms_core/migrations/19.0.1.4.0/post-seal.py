"""What earlier releases sealed with codes and names in it is sealed once more by what doesn't change."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["qms.frozen.mixin"]._seal_anew()
