// Apollo Server, started as its documentation does.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

import { context, resolvers, schema } from "./platforms.js";

const server = new ApolloServer({ typeDefs: schema, resolvers });
await startStandaloneServer(server, {
  listen: { host: "127.0.0.1", port: Number(process.env.PORT), path: "/graphql" },
  context: async () => context(),
});
