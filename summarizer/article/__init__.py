"""The article taken apart: a `Document` comes in; its words, sentences, tables, numbers and dates go out."""
