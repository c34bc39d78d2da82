"""The frame of the end-to-end tests itself: nothing calls outside."""


def test_the_server_calls_nobody_outside(server, call):
    """Not even when the update notification is run by hand, which reports to Odoo's maker."""
    hosts = server.outside.hosts
    before = len(hosts)
    call("admin", "admin", "publisher_warranty.contract", "update_notification", [[]])
    assert hosts[before:] == []
