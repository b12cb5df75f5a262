// Builds the page and all that it needs into one folder of the gateway, by names with a hash.

import { readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

import { styles } from "./styles.mjs";

const folder = new URL("../gateway/explorer/static/", import.meta.url).pathname;

const common = {
  bundle: true,
  minify: true,
  metafile: true,
  outdir: folder,
  target: "es2022",
  legalComments: "linked",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
};

// The path under which the gateway serves a file.
const address = (path) => `/graphiql/${basename(path)}`;

// The file that came of an entry point.
function made(result, entry) {
  const outputs = Object.entries(result.metafile.outputs);
  return outputs.find(([, output]) => output.entryPoint?.endsWith(entry))[0];
}

await rm(folder, { recursive: true, force: true });

const workers = await build({
  ...common,
  entryPoints: {
    editor: "monaco-editor/esm/vs/editor/editor.worker.js",
    graphql: "monaco-graphql/esm/graphql.worker.js",
    json: "monaco-editor/esm/vs/language/json/json.worker.js",
  },
  entryNames: "[name].worker-[hash]",
  format: "iife",
});

const page = await build({
  ...common,
  entryPoints: ["src/main.jsx", "src/favicon.svg"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  format: "esm",
  splitting: true,
  jsx: "automatic",
  loader: { ".svg": "copy" },
  plugins: [styles],
  define: {
    ...common.define,
    EDITOR_WORKER: JSON.stringify(address(made(workers, "editor.worker.js"))),
    GRAPHQL_WORKER: JSON.stringify(address(made(workers, "graphql.worker.js"))),
    JSON_WORKER: JSON.stringify(address(made(workers, "json.worker.js"))),
  },
});

const script = made(page, "src/main.jsx");
const html = (await readFile("src/index.html", "utf8"))
  .replace("{script}", address(script))
  .replace("{style}", address(page.metafile.outputs[script].cssBundle))
  .replace("{icon}", address(made(page, "src/favicon.svg")));
await writeFile(`${folder}index.html`, html);
