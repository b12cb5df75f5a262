"""What the text of a document is made of, counted before it is parsed."""

from dataclasses import dataclass

from graphql import GraphQLSyntaxError, Lexer, Source, TokenKind

DEEPEST_NESTING = 64
"""How deep brackets may stand in each other, whatever the limits are.

The parser and the validator take four Python frames for each level, the executor six: so many
levels need 400 of the 1,000 that Python allows, and a server stands on about 100 of them already.
The deepest real document, an introspection query, has 15.
"""

_OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


@dataclass(frozen=True, slots=True)
class Lexed:
    """What was counted of a text."""

    tokens: int
    """Names, values and punctuation; neither comments nor commas."""
    comments: int
    """Comments, of which each takes the parser as long as a token."""
    nesting: int
    """How deep `{`, `[` and `(` stand in each other."""


def lexed(text: str, most_tokens: int) -> Lexed:
    """Count the tokens of a text, as far as it can be read.

    It ends where there are more than `most_tokens` of tokens or of comments, and at what is no
    token, which the parser will tell of.
    """
    tokens = comments = depth = nesting = end = 0
    lexer = Lexer(Source(text))
    while tokens <= most_tokens and comments <= most_tokens:
        try:
            token = lexer.read_next_token(end)
        except GraphQLSyntaxError:
            break
        if token.kind is TokenKind.EOF:
            break
        end = token.end
        if token.kind is TokenKind.COMMENT:
            comments += 1
            continue
        tokens += 1
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        nesting = max(nesting, depth)
    return Lexed(tokens, comments, nesting)
