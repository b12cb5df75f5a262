// What the page asks the gateway for.

import { buildSchema, parse } from "graphql";

import { showCalls } from "./calls.js";

async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} was answered ${response.status}.`);
  return response;
}

export async function readConfig() {
  return (await read("/graphiql/config.json")).json();
}

// Introspection leaves out the directives of fields, so the schema is read as it is printed.
export async function readSchema() {
  const text = await (await read("/graphiql/schema.graphql")).text();
  return showCalls(buildSchema(text, { assumeValid: true }));
}

// GraphiQL finds the operation's name a while after a tab is changed, and sends the one before.
function withItsName({ operationName, ...parameters }) {
  try {
    const { definitions } = parse(parameters.query);
    const isThere = definitions.some(({ name }) => name?.value === operationName);
    return isThere ? { operationName, ...parameters } : parameters;
  } catch {
    return parameters;
  }
}

// What is deferred comes in parts, which stand between lines of dashes; JSON has none like them.
async function* readParts(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const parts = (text + read.value).split("\r\n---");
      text = parts.pop();
      for (const part of parts.filter(Boolean)) yield JSON.parse(part.slice(part.indexOf("{")));
    }
  } finally {
    // Who stops waiting leaves.
    await reader.cancel();
  }
}

export function sendTo(endpoint) {
  return async (parameters, { headers } = {}) => {
    const response = await fetch(endpoint, {
      method: "POST",
      body: JSON.stringify(withItsName(parameters)),
      headers: {
        Accept: "multipart/mixed, application/graphql-response+json, application/json",
        "Content-Type": "application/json",
        ...headers,
      },
    });
    const type = response.headers.get("Content-Type");
    if (type?.startsWith("multipart/mixed")) return readParts(response);
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      return { status: response.status, body: text };
    }
  };
}
