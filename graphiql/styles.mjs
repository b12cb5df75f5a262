// How style sheets are bundled: GraphiQL's own holds the editor's too, and fonts as `data:`.

import { readFile } from "node:fs/promises";

const FONT = /url\(data:font\/(\w+);base64,([^)]+)\)/g;

export const styles = {
  name: "styles",
  setup(build) {
    const fonts = new Map();

    // No page loads what only a chunk imports, and the editor's are in GraphiQL's own.
    build.onLoad({ filter: /monaco-editor.*\.css$/ }, () => ({ contents: "", loader: "css" }));

    // Fonts become files, so that the page may take them from the gateway alone.
    build.onLoad({ filter: /graphiql\/dist\/style\.css$/ }, async ({ path }) => {
      const contents = (await readFile(path, "utf8")).replace(FONT, (_, type, data) => {
        const name = `font:${fonts.size}.${type}`;
        fonts.set(name, Buffer.from(data, "base64"));
        return `url("${name}")`;
      });
      return { contents, loader: "css" };
    });
    build.onResolve({ filter: /^font:/ }, ({ path }) => ({ path, namespace: "font" }));
    build.onLoad({ filter: /.*/, namespace: "font" }, ({ path }) => ({
      contents: fonts.get(path),
      loader: "file",
    }));
  },
};
