// Runs the audits of GraphQL over HTTP against a URL, those of each release of graphql-http that is
// installed, and writes each verdict as a line of JSON.
import { readFileSync } from "node:fs";

const [url, ...packages] = process.argv.slice(2);
const key = process.env.MANIFOLD_KEY;

function fetchFn(input, init = {}) {
  const headers = { ...init.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) };
  return fetch(input, { ...init, headers });
}

function version(name) {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
}

try {
  for (const name of packages) {
    const { serverAudits } = await import(name);
    for (const audit of serverAudits({ url, fetchFn })) {
      const verdict = await audit.fn();
      const { id, status, reason = "" } = verdict;
      console.log(JSON.stringify({ suite: version(name), id, name: verdict.name, status, reason }));
    }
  }
} catch (error) {
  console.error(`${url}: ${error.message}`);
  process.exitCode = 1;
}
