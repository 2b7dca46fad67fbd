"""Tests of kakanai.counter."""
