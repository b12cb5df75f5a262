import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../schema/schema.graphql",
  documents: "../operations.graphql",
  generates: {
    [process.env["GENERATED"] ?? "source/operations.ts"]: {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        // Documents stay text, so that the client needs no GraphQL library at run time.
        documentMode: "string",
        // Types alone are imported: nothing of them is there at run time.
        useTypeImports: true,
        scalars: { BigInt: "number", Date: "string", DateTime: "string" },
      },
    },
  },
};

export default config;
