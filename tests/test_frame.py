"""The frame of the end-to-end tests itself: people get in, nothing calls outside."""


def test_every_demo_login_opens_the_client(server, new_context, login):
    assert server.logins
    for person in server.logins:
        page = new_context().new_page()
        login(page, person["login"], person["password"])


def test_the_server_calls_nobody_outside(server, call):
    """Not even when the update notification is run by hand, which reports to Odoo's maker."""
    hosts = server.outside.hosts
    before = len(hosts)
    call("admin", "admin", "publisher_warranty.contract", "update_notification", [[]])
    assert hosts[before:] == []
