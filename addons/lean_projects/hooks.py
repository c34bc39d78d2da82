def uninstall_hook(env):
    """Leave the projects as ordinary ones: their tasks keep their stages, nothing points to vanishing records."""
    env["project.project"]._lean_forget()
