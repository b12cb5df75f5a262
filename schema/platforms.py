"""Loads every platform's types: each module or folder here that is named as a platform is."""

import importlib

from resolvers.platform import Platform

for _platform in Platform:
    importlib.import_module(f"schema.{_platform.value}")
