"""Test-only models, core's way.

The one place that knows it, so that a released ``odoo-test-helper`` can take over here.
"""


def load_models(case, *definitions):
    """Add test-only models to the registry for the rest of a test class.

    :param case: the test class (in ``setUpClass``)
    :param definitions: model classes, imported inside ``setUpClass`` so that no other test sees them
    """
    from odoo.orm.model_classes import add_to_registry  # noqa: PLC0415 core does it here, too

    registry, names = case.registry, []
    for definition in definitions:
        if definition._name in registry:
            case.addClassCleanup(_forget_extension, case, definition._name, registry[definition._name]._base_classes__)
        names.append(add_to_registry(registry, definition)._name)
    registry._setup_models__(case.env.cr, names)
    registry.init_models(case.env.cr, names, {"models_to_check": True})
    for definition in definitions:
        if definition._name not in (definition._inherit or ()):
            case.addClassCleanup(registry.__delitem__, definition._name)


def _forget_extension(case, name, base_classes):
    """Take an extension of a model off the registry again: the classes that made it up before are all."""
    case.registry[name]._base_classes__ = base_classes
    case.registry[name]._setup_done__ = False
    case.registry._setup_models__(case.env.cr, [name])
    case.registry.clear_cache()
