// What the gateways written with Node.js share: the schema, how the platforms are asked, and how
// their names become those of the graph.
import DataLoader from 'dataloader'
import { Pool } from 'undici'

const upstream = new URL(process.env.UPSTREAM)
const pool = new Pool(upstream.origin, { connections: 100 })

async function get(path) {
  const { body } = await pool.request({
    path,
    method: 'GET',
    headers: { authorization: 'Bearer benchmark', accept: 'application/json' },
  })
  return body.json()
}

export const schema = `
  enum Platform { CLINKED CODAT CONDUIT }
  interface Company { name: String platform: Platform! }
  type ListedCompany implements Company { name: String platform: Platform! }
  type CompanyConnection { nodes: [ListedCompany!]! }
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
`

// A global id: base64url of the version and ["ClinkedAccount", "portal", "<number>"].
const accountOf = (id) => JSON.parse(Buffer.from(id, 'base64url').toString().slice(1))[2]

const clinkedAccounts = (prefix) => async () =>
  (await get(`/${prefix}/v3/accounts`)).map((one) => ({ name: one.friendlyName, platform: 'CLINKED' }))
const codatCompanies = (prefix) => async (first) =>
  (await get(`/${prefix}/companies?page=1&pageSize=${first}`)).results.map((one) => ({
    name: one.name,
    platform: 'CODAT',
  }))
const conduitCompanies = async () =>
  (await get('/link/link/company/')).map((one) => ({ name: one.name, platform: 'CONDUIT' }))

const sources = [
  clinkedAccounts('portal'),
  clinkedAccounts('annex'),
  codatCompanies('books'),
  codatCompanies('ledgers'),
  conduitCompanies,
]

async function companies(_, { first }) {
  const lists = await Promise.all(sources.map((read) => read(first)))
  const nodes = []
  const longest = Math.max(...lists.map((list) => list.length))
  for (let place = 0; place < longest; place++) {
    for (const list of lists) if (place < list.length) nodes.push(list[place])
  }
  return { nodes: nodes.slice(0, first) }
}

async function groups({ account }, { first }) {
  const { items } = await get(`/portal/v3/accounts/${account}/groups?page=1&size=${first}`)
  for (const one of items) one.account = account
  return { nodes: items }
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
    master: (group, _, { masters }) =>
      group.master === null ? null : masters.load(`/portal/v3/accounts/${group.account}/groups/${group.master}`),
    members: (group, { first, nameContains }, { members }) => {
      const name = nameContains == null ? '' : `name=${encodeURIComponent(nameContains)}&`
      return members.load(`/portal/v3/groups/${group.id}/members?${name}page=1&size=${first}`)
    },
  },
  ClinkedUser: { platformId: (user) => String(user.id) },
  ClinkedGroupMember: {
    platformId: (member) => String(member.user.id),
    name: (member) => member.user.name,
    email: (member) => member.user.email,
    rawRole: (member) => member.permission,
  },
  ClinkedIncludedMember: {
    platformId: (member) => String(member.user.id),
    rawRole: (member) => member.permission,
  },
}

// One loader of each kind for a request: equal calls of one request are one call.
export const context = () => ({
  masters: new DataLoader((paths) => Promise.all(paths.map(get))),
  members: new DataLoader((paths) =>
    Promise.all(paths.map(async (path) => ({ nodes: (await get(path)).items }))),
  ),
})
