"""The reader by model: an `Article` comes in; what a language model says of it goes out as a `Reading`."""
