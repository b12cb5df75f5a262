import type { TypedDocumentString } from "./operations.js";

/** What went wrong, as the gateway tells it; `code` is from a closed list. */
export interface GraphQLError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; retryAfterSeconds?: number; requestId?: string };
}

/** An operation that went wrong, with all that is wrong and with what there is of its data. */
export class OperationError extends Error {
  constructor(
    readonly errors: GraphQLError[],
    readonly data: unknown,
  ) {
    super(errors.map((one) => `${one.extensions?.code}: ${one.message}`).join("\n"));
  }
}

/** Longer than the gateway's own deadline, so that its answer tells what went wrong. */
const TIMEOUT_MILLISECONDS = 20_000;

/** Runs an operation and gives its data. Throws `OperationError`, or `Error` for another answer. */
export async function ask<Data, Variables>(
  url: string,
  key: string | undefined,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json, application/json;q=0.9",
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (!response.headers.get("Content-Type")?.includes("json")) {
    throw new Error(`HTTP status ${response.status}`);
  }
  const answer = (await response.json()) as { data?: Data | null; errors?: GraphQLError[] };
  if (answer.errors !== undefined || answer.data == null) {
    throw new OperationError(answer.errors ?? [], answer.data);
  }
  return answer.data;
}
