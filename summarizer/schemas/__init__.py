"""Schemas: the report (Pydantic), the readings it is made of, the taxonomy, and what all of it is called."""
