"""Queries as plans: compiled once for a document, and run list by list.

graphql-core resolves field by field and item by item, and asks again for each what the schema says
of it. A plan asks once: what is selected of a thing becomes a function that writes it, what is
selected of an answer becomes a decoder that reads no more than that, and what costs a call is
resolved for a whole list at once.

    kept.py         the plans of one document
    compiler.py     from a document to a plan
    arguments.py    what a field's arguments are
    leaves.py       how a value is written, out of an object or of a document
    shape.py        what is decoded of a document
    readings.py     how the answers of an endpoint are decoded so
    sources.py      what things are written from: objects, places, documents
    writer.py       the function that writes things
    things.py       things of one class, each way in which they may come
    links.py        which fields of things follow, for a whole list
    link.py         what all of these have in common
    fetched.py      those that answers to calls are made of
    leads.py        those that lead to other things
    several.py      one field of many rows, begun together and shown together
    ways.py         what links lead on by, also those of objects inside things
    pages.py        connections of things
    roots.py        the fields of Query
    spots.py        where values stand in an answer, for its errors
    run.py          one operation: its errors, and what graphql-core does for it

A plan knows only what goes well. A value that is not as its type says, a field whose resolver waits
for somebody: whatever is anything else is given to graphql-core, with the same objects, so that
errors and nulls are its own. No call is made for that a second time. Such a field of a thing is
given to it by itself; the rest of the thing goes by the plan.
"""
