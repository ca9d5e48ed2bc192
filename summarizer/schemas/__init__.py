"""Pydantic schemas: the report, and the response models the language model fills."""
