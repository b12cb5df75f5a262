// What Hive Gateway is told of the platforms; `npm run compose` makes supergraph.graphql of it.
import { defineConfig } from "@graphql-mesh/compose-cli";
import { loadJSONSchemaSubgraph } from "@omnigraph/json-schema";

const text = { type: "string" };
const number = { type: "integer" };
const id = { type: "string" };

const object = (title: string, properties: object) => ({ type: "object", title, properties });
const list = (items: object) => ({ type: "array", items });

const User = object("User", { id, name: text, username: text, email: text, jobTitle: text });
const Detail = object("Detail", { permission: number, user: User });
const fields = { id, name: text, friendlyName: text, hash: text, members: number };
const Master = object("Master", fields);
const Group = object("Group", { ...fields, master: number, owner: User, memberDetails: list(Detail) });
const GroupPage = object("GroupPage", { items: list(Group) });
const MemberPage = object("MemberPage", { items: list(Detail) });

const read = (field: string, path: string, responseSchema: object, argTypeMap: object) => ({
  type: "Query",
  field,
  path,
  method: "GET",
  responseSchema,
  argTypeMap,
});

const operations = [
  read("groups", "/v3/accounts/{args.account}/groups?page=1&size={args.first}", GroupPage, {
    account: { type: "string" },
    first: { type: "integer" },
  }),
  read("master", "/v3/accounts/{args.account}/groups/{args.group}", Master, {
    account: { type: "string" },
    group: { type: "integer" },
  }),
  read("members", "/v3/groups/{args.group}/members?page=1&size=20", MemberPage, {
    group: { type: "string" },
  }),
  read("named", "/v3/groups/{args.group}/members?name={args.text}&page=1&size=20", MemberPage, {
    group: { type: "string" },
    text: { type: "string" },
  }),
];

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph("portal", {
        endpoint: "http://upstream.invalid/portal",
        operations,
      } as any),
    },
  ],
  additionalTypeDefs: `
    extend type Group {
      above(account: String!): Master @resolveTo(
        sourceName: "portal", sourceTypeName: "Query", sourceFieldName: "master",
        requiredSelectionSet: "{ master }",
        sourceArgs: { account: "{args.account}", group: "{root.master}" }
      )
      people: MemberPage @resolveTo(
        sourceName: "portal", sourceTypeName: "Query", sourceFieldName: "members",
        requiredSelectionSet: "{ id }", sourceArgs: { group: "{root.id}" }
      )
      peopleNamed(text: String!): MemberPage @resolveTo(
        sourceName: "portal", sourceTypeName: "Query", sourceFieldName: "named",
        requiredSelectionSet: "{ id }", sourceArgs: { group: "{root.id}", text: "{args.text}" }
      )
    }`,
});
