#!/bin/sh
# Lists all companies, reads one of them, and invites somebody to it, with curl alone.
# Prints each answer as it comes; ends with curl's own status if one is an HTTP error.
set -eu
url=${MANIFOLD_URL:-http://127.0.0.1:8000/graphql}
email=${1:-newcomer@example.com}

# Sends one body. The key goes in by standard input, for a command line can be seen by others.
ask() {
    printf '%s\n' "${MANIFOLD_KEY:+header = \"Authorization: Bearer $MANIFOLD_KEY\"}" |
        curl --config - --silent --show-error --fail-with-body "$url" \
            --header 'Content-Type: application/json' \
            --header 'Accept: application/graphql-response+json' \
            --data "$1"
    echo
}

# Gives the first value of a name in an answer. Cursors and ids have nothing that JSON escapes.
first() {
    printf '%s' "$2" | tr ',{}' '\n\n\n' | sed -n "s/^\"$1\":\"\(.*\)\"\$/\1/p" | head -n 1
}

list='query Companies($after: String) {
  companies(first: 20, after: $after) {
    pageInfo { hasNextPage endCursor }
    outages { platform code }
    nodes { id platform name }
  } }'
read='query Company($id: ID!) { company(id: $id) { platform name } }'
invite='mutation Invite($account: ID!, $email: String!, $key: String!) {
  inviteCreate(
    input: { clinkedAccount: { accountId: $account, emails: [$email] } }
    idempotencyKey: $key
  ) { outcome invites { email status } userErrors { code message } } }'

# Joins a document and its variables, which are JSON, to a body.
body() {
    printf '{"query": "%s", "variables": %s}' "$(printf '%s' "$1" | tr '\n' ' ')" "$2"
}

account=''
after=null
while :; do
    status=0
    page=$(ask "$(body "$list" "{\"after\": $after}")") || status=$?
    printf '%s\n' "$page"
    [ "$status" -eq 0 ] || exit "$status"
    : "${account:=$(first id "$page")}"
    case $page in
        *'"hasNextPage":true'*) after="\"$(first endCursor "$page")\"" ;;
        *) break ;;
    esac
done

if [ -z "$account" ]; then
    exit 0
fi
ask "$(body "$read" "{\"id\": \"$account\"}")"
# The key says that it is the same, however often this is run: one invitation is sent.
ask "$(body "$invite" "{\"account\": \"$account\", \"email\": \"$email\", \"key\": \"example-$email\"}")"
