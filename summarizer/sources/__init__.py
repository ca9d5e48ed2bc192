"""Sources: what is named comes in (a file, an address, a table's row, bytes, a text); a `Document` goes out."""
