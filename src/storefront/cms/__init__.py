"""The editor in a browser: page and configuration of Sveltia CMS, made from the vocabulary and a site's creators."""

from storefront.cms.config import Backend, config
from storefront.cms.page import FOLDER, Release, changed, files, release

__all__ = ["FOLDER", "Backend", "Release", "changed", "config", "files", "release"]
