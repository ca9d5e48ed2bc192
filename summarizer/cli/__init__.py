"""The command line: arguments come in; results go to stdout, messages and progress to stderr."""
