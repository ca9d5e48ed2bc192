"""The review: a batch's reports come in, a person looks at each in a browser, and what they decide goes out."""
