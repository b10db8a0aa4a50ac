"""Measures pages side by side and prints ratios: python -m tests.postgres python -m tests.bench"""
