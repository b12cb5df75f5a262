"""What the text of a document is made of, counted before it is parsed."""

from dataclasses import dataclass

from graphql import GraphQLSyntaxError, Lexer, Source, TokenKind

DEEPEST_NESTING = 64
"""How deep brackets may stand in each other, whatever the limits are.

The parser and the validator take four Python frames for each level, the executor six: so many
levels need 400 of the 1,000 that Python allows, and a server stands on about 100 of them already.
The deepest real document, an introspection query, has 15.
"""

LONGEST_NAME = 256
"""How long a name or a number may be, whatever the limits are.

A mistake is told with the names around it, a hundred times in one answer; no name of the schema has
a third of that. Python does not read whole numbers of more than some thousand digits.
"""

_OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})
_QUOTED_WHOLE = frozenset({TokenKind.NAME, TokenKind.INT, TokenKind.FLOAT})


@dataclass(frozen=True, slots=True)
class Lexed:
    """What was counted of a text."""

    tokens: int
    """Names, values and punctuation; neither comments nor commas."""
    comments: int
    """Comments, of which each takes the parser as long as a token."""
    nesting: int
    """How deep `{`, `[` and `(` stand in each other."""
    longest: int
    """Characters of the longest name or number."""


def lexed(text: str, most_tokens: int) -> Lexed:
    """Count the tokens of a text, as far as it can be read.

    It ends where there are more than `most_tokens` of tokens or of comments, and at what is no
    token, which the parser will tell of.
    """
    tokens = comments = depth = nesting = longest = end = 0
    lexer = Lexer(Source(text))
    while tokens <= most_tokens and comments <= most_tokens:
        try:
            token = lexer.read_next_token(end)
        except GraphQLSyntaxError:
            break
        if token.kind is TokenKind.EOF:
            break
        length, end = token.end - token.start, token.end
        if token.kind is TokenKind.COMMENT:
            comments += 1
            continue
        tokens += 1
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        nesting = max(nesting, depth)
        if token.kind in _QUOTED_WHOLE:
            longest = max(longest, length)
    return Lexed(tokens, comments, nesting, longest)
