"""The batch job: many articles, any night, each either reported or listed with its reason.

`sources` lists the articles, `journal` remembers what became of each, `runner` takes them through the model
under the manners of `throttle` and `budget`, `exports` writes what the journal holds, and `job` puts these
together for the command.
"""
