"""The reader by rules: an `Article` comes in; what tables of Vietnamese words say of it goes out as a `Reading`."""
