# Run in Odoo's shell on a new database: nothing of it calls outside. What Odoo brings
# along (enrichment of partners, text messages, letters, media library, text generator,
# website builder's service, update notification) gets an address where nobody answers.
NOWHERE = "http://127.0.0.1:9"
PARAMETERS = [
    "iap.endpoint",
    "enrich.endpoint",
    "iap.partner_autocomplete.endpoint",
    "sms.endpoint",
    "snailmail.endpoint",
    "html_editor.media_library_endpoint",
    "html_editor.olg_api_endpoint",
    "website.website_api_endpoint",
    "website.olg_api_endpoint",
]
for name in PARAMETERS:
    env["ir.config_parameter"].set_param(name, NOWHERE)
cron = env.ref("mail.ir_cron_module_update_notification", raise_if_not_found=False)
if cron:
    cron.active = False
env.cr.commit()
