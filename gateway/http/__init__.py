"""GraphQL over HTTP, as its working draft has it: what a request may look like, and an answer."""
