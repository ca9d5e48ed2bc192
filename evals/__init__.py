"""The suite that says whether the summarizer can be trusted: `python -m evals`, see README.md."""
