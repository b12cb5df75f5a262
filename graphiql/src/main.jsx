// The page: GraphiQL over the gateway that served it.

import "./workers.js";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./page.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";

import { readConfig, readSchema, sendTo } from "./gateway.js";

const PLUGINS = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];

function Page({ config, schema }) {
  return (
    <GraphiQL
      fetcher={sendTo(config.endpoint)}
      schema={schema}
      plugins={PLUGINS}
      defaultTabs={config.examples}
      defaultHeaders={config.headers}
      defaultEditorToolsVisibility={config.headers ? "headers" : true}
    >
      <GraphiQL.Logo>Manifold</GraphiQL.Logo>
    </GraphiQL>
  );
}

const root = createRoot(document.getElementById("graphiql"));
try {
  const [config, schema] = await Promise.all([readConfig(), readSchema()]);
  root.render(<Page config={config} schema={schema} />);
} catch (error) {
  root.render(<p className="failure">GraphiQL could not be opened: {error.message}</p>);
}
