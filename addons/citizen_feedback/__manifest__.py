{
    "name": "Citizen Feedback",
    "summary": "Anyone rates a service without login; a low mark reaches the head of the unit as a duty",
    "version": "19.0.1.0.0",
    "category": "Services/Quality Management",
    "author": "QMS for Authorities contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["qms_core", "website", "portal", "mail"],
    "data": [
        "security/citizen_feedback_groups.xml",
        "security/ir.model.access.csv",
        "security/feedback_rules.xml",
        "data/ir_cron_data.xml",
        "views/rating/feedback_rating_views.xml",
        "views/signal/feedback_signal_views.xml",
        "views/rating/qms_service_views.xml",
        "views/intake/res_config_settings_views.xml",
        "views/intake/public_templates.xml",
        "views/rating/rating_templates.xml",
        "views/intake/website_templates.xml",
        "data/website_menu_data.xml",
        "views/menus.xml",
        "data/spreadsheet_dashboards.xml",
    ],
    "assets": {
        # Fonts of the visitor's own device instead of a foreign host's: before and after website's own file.
        "web._assets_secondary_variables": [
            (
                "before",
                "website/static/src/scss/secondary_variables.scss",
                "citizen_feedback/static/src/scss/system_fonts.scss",
            ),
            (
                "after",
                "website/static/src/scss/secondary_variables.scss",
                "citizen_feedback/static/src/scss/no_foreign_fonts.scss",
            ),
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
