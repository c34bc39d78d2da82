def uninstall_hook(env):
    """Take back what the addon left in tables that are not its own."""
    env["ir.sequence"].search([("code", "=like", "qms.%")]).unlink()
    env["digest.digest"].search([("qms_weekly", "=", True)]).unlink()
