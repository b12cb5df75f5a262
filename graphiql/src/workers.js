// Where the editor finds its workers: beside the page, so that none is made out of a blob.

/* global EDITOR_WORKER, GRAPHQL_WORKER, JSON_WORKER */

const addresses = { graphql: GRAPHQL_WORKER, json: JSON_WORKER };

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(addresses[label] ?? EDITOR_WORKER),
};
