// Runs the audits of GraphQL over HTTP against a URL, and writes each verdict as a line of JSON.
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
const key = process.env.MANIFOLD_KEY;

function fetchFn(input, init = {}) {
  const headers = { ...init.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) };
  return fetch(input, { ...init, headers });
}

try {
  for (const audit of serverAudits({ url, fetchFn })) {
    const { id, name, status, reason } = await audit.fn();
    console.log(JSON.stringify({ id, name, status, reason: reason ?? "" }));
  }
} catch (error) {
  console.error(`${url}: ${error.message}`);
  process.exitCode = 1;
}
