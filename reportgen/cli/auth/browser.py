"""Opens a link in the user's browser."""

from __future__ import annotations

import os


def open_in_browser(link: str) -> bool:
    """Whether there is a browser, which then has the link."""
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # One that runs in the terminal would take the place of the prompt, unless the user wants just that.
    if type(browser) is webbrowser.GenericBrowser and "BROWSER" not in os.environ:
        return False
    try:
        return browser.open(link)
    except OSError:
        return False  # the system does not start it; the link is printed, too
