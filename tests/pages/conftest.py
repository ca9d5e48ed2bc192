"""The browser for the pages' tests."""

from tests.browser import browser, page, phone

__all__ = ("browser", "page", "phone")
