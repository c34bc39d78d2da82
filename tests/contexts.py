"""Browser contexts of the tests: each watches its pages, some are used again."""

import re
from urllib.parse import urlsplit

from client import COUNT_CALLS

# Long enough for a busy machine and for a client's first page, which builds its bundles.
PATIENCE_MS = 90000
# What a page may say on its console although nothing is wrong with it.
# (ERR_NAME_NOT_RESOLVED: a request to a foreign host, which is reported as such.)
HARMLESS_CONSOLE = re.compile(r"ERR_ABORTED|ERR_NAME_NOT_RESOLVED")
# What a person leaves in a browser, beside its cache of files.
LEFT_BEHIND = "cookies,local_storage,session_storage,indexeddb,websql,service_workers,cache_storage"


class Watch:
    """What went wrong in a browser context: script errors and requests to foreign hosts."""

    def __init__(self, home):
        self.home = urlsplit(home).netloc
        self.errors = []
        self.foreign = []

    def forget(self):
        self.errors.clear()
        self.foreign.clear()

    def attach(self, context):
        context.on("page", self._attach_page)
        # Only watched: a page whose requests can be changed on their way has no cache.
        context.on("request", lambda request: self._note(request.url))

    def _attach_page(self, page):
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("websocket", lambda socket: self._note(socket.url))
        page.on("console", lambda message: self._console(page, message))

    def _console(self, page, message):
        if message.type == "error" and not HARMLESS_CONSOLE.search(message.text):
            self.errors.append(f"{page.url}: {message.text}")

    def _note(self, address):
        url = urlsplit(address)
        if url.scheme in ("http", "https", "ws", "wss") and url.netloc != self.home:
            self.foreign.append(address)


def watched_context(url, browser, **options):
    """Open a browser context that counts its calls and watches for errors."""
    context = browser.new_context(**{"base_url": url, "viewport": {"width": 1366, "height": 900}, **options})
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(COUNT_CALLS)
    context.watch = Watch(url)
    context.watch.attach(context)
    return context


def check_watches(watches):
    """Fail when a page had a script error or asked a foreign host."""
    errors = [error for watch in watches for error in watch.errors]
    foreign = sorted({address for watch in watches for address in watch.foreign})
    assert not foreign, "Pages asked foreign hosts:\n" + "\n".join(foreign)
    assert not errors, "The browser reported errors:\n" + "\n".join(errors)


class ContextPool:
    """Contexts of the web client that are used again, without what the person before left in them.

    Only the cache of files stays: to fetch and compile the client's scripts takes longer than most of what a
    test does with them.
    """

    def __init__(self, url, browser):
        self._url, self._browser = url, browser
        self._waiting = []

    def take(self, **options):
        """Return a context with these options, one that waits or a new one; see ``give_back``."""
        for context in self._waiting:
            if context.options == options:
                self._waiting.remove(context)
                context.watch.forget()
                return context
        context = watched_context(self._url, self._browser, **options)
        context.options = options
        return context

    def give_back(self, context):
        """Close its pages, forget its person; what its watch has seen is for the one who gives it back."""
        for page in context.pages:
            page.close()
        page = context.new_page()
        context.new_cdp_session(page).send(
            "Storage.clearDataForOrigin", {"origin": self._url, "storageTypes": LEFT_BEHIND}
        )
        page.close()
        context.clear_cookies()
        context.clear_permissions()
        self._waiting.append(context)
