// Mercurius with graphql-jit, which compiles a document when it is asked for the first time.
import Fastify from "fastify";
import mercurius from "mercurius";

import { context, resolvers, schema } from "./platforms.js";

const app = Fastify({ logger: false });
app.register(mercurius, { schema, resolvers, context, jit: 1 });
await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
