// What the gateways written with Node.js share: the schema, how the platforms are asked, and how
// their names become those of the graph. People are mapped when they arrive, with which Mercurius
// took a fifth less CPU on W3; groups field by field, which took less on W1 and more on W2.
import DataLoader from "dataloader";
import { Pool } from "undici";

const headers = { authorization: "Bearer benchmark", accept: "application/json" };
// As many as 32 requests with five calls each want at once: with fewer, W5 would measure the queue.
const pool = new Pool(process.env.UPSTREAM, { connections: 256 });

async function get(path) {
  const { body } = await pool.request({ path, method: "GET", headers });
  return body.json();
}

export const schema = `
  enum Platform { CLINKED CODAT CONDUIT }
  type Company { name: String platform: Platform! }
  type CompanyConnection { nodes: [Company!]! }
  type ClinkedUser { platformId: String! username: String name: String jobTitle: String }
  type ClinkedIncludedMember { platformId: String! rawRole: Int user: ClinkedUser! }
  type ClinkedGroupMember { platformId: String! name: String email: String rawRole: Int }
  type MemberConnection { nodes: [ClinkedGroupMember!]! }
  type ClinkedGroup {
    platformId: String!
    name: String
    slug: String
    hash: String
    memberCount: Int
    owner: ClinkedUser
    master: ClinkedGroup
    includedMembers: [ClinkedIncludedMember!]!
    members(first: Int = 25, nameContains: String): MemberConnection
  }
  type GroupConnection { nodes: [ClinkedGroup!]! }
  type ClinkedAccount { groups(first: Int = 25): GroupConnection }
  type Query {
    company(id: ID!): ClinkedAccount
    companies(first: Int = 25): CompanyConnection
  }
`;

// A global id: base64url of the version and ["ClinkedAccount", "portal", "<number>"].
const accountOf = (id) => JSON.parse(Buffer.from(id, "base64url").toString().slice(1))[2];

const memberOf = ({ user, permission }) => ({
  platformId: String(user.id),
  name: user.name,
  email: user.email,
  rawRole: permission,
});

const accounts = (portal) => async () =>
  (await get(`/${portal}/v3/accounts`)).map(({ friendlyName }) => ({
    name: friendlyName,
    platform: "CLINKED",
  }));

const codatCompanies = (client) => async (first) =>
  (await get(`/${client}/companies?page=1&pageSize=${first}`)).results.map(({ name }) => ({
    name,
    platform: "CODAT",
  }));

const conduitCompanies = async () =>
  (await get("/link/link/company/")).map(({ name }) => ({ name, platform: "CONDUIT" }));

const sources = [
  accounts("portal"),
  accounts("annex"),
  codatCompanies("books"),
  codatCompanies("ledgers"),
  conduitCompanies,
];

async function companies(_, { first }) {
  const lists = await Promise.all(sources.map((read) => read(first)));
  const longest = Math.max(...lists.map((list) => list.length));
  const nodes = [];
  for (let place = 0; place < longest; place += 1) {
    for (const list of lists) if (place < list.length) nodes.push(list[place]);
  }
  return { nodes: nodes.slice(0, first) };
}

async function groups({ account }, { first }) {
  const { items } = await get(`/portal/v3/accounts/${account}/groups?page=1&size=${first}`);
  for (const group of items) group.account = account;
  return { nodes: items };
}

function master({ account, master: key }, _, { masters }) {
  return key === null ? null : masters.load(`/portal/v3/accounts/${account}/groups/${key}`);
}

function members({ id }, { first, nameContains }, { pages }) {
  const name = nameContains == null ? "" : `name=${encodeURIComponent(nameContains)}&`;
  return pages.load(`/portal/v3/groups/${id}/members?${name}page=1&size=${first}`);
}

export const resolvers = {
  Query: { company: (_, { id }) => ({ account: accountOf(id) }), companies },
  ClinkedAccount: { groups },
  ClinkedGroup: {
    platformId: (group) => String(group.id),
    name: (group) => group.friendlyName,
    slug: (group) => group.name,
    memberCount: (group) => group.members,
    includedMembers: (group) => group.memberDetails,
    master,
    members,
  },
  ClinkedUser: { platformId: (user) => String(user.id) },
  ClinkedIncludedMember: {
    platformId: (member) => String(member.user.id),
    rawRole: (member) => member.permission,
  },
};

async function page(path) {
  const { items } = await get(path);
  return { nodes: items.map(memberOf) };
}

// A loader of each kind for a request: calls of one request that are equal are one.
export const context = () => ({
  masters: new DataLoader((paths) => Promise.all(paths.map(get))),
  pages: new DataLoader((paths) => Promise.all(paths.map(page))),
});
