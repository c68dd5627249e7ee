# What differs from run to run: revisions, and the entity tags, which are revisions in quotes.
s/([rR]evision":)[0-9]+/\1N/g
s/\\?"[0-9]+\\?"/"N"/g
