"""Builds what a town installs: a .deb and a Windows installer, with a parts list (SBOM) and checksums.

Only build_installer.py, `make dist` and the tests import this package; it is in no wheel and in no installer.
"""
