"""The batch job: many articles, any night, each either reported or listed with its reason.

In come files, tables and web pages (`inputs`, `tabular`, `fetched`), out go a folder's reports, tables and pages
(`exports`, `pages`). `journal` remembers what became of each article, `intake` says which are due, an engine
(`engine`, `openai_batch`, `ray_engine`) takes those through the extraction within the bounds of `limits`, with
`readers` for what is the processor's work, and `job` puts these together for the command line; `work` is what they
all are given. `estimate` says beforehand what it takes, `status` how far it is.
"""
