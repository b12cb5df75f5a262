// Lists all companies, reads one of them, and invites somebody to it.
import { ask } from "./client.js";
import {
  CompaniesDocument,
  type CompaniesQuery,
  CompanyDocument,
  InviteDocument,
  type TypedDocumentString,
} from "./operations.js";

const url = process.env["MANIFOLD_URL"] ?? "http://127.0.0.1:8000/graphql";
const key = process.env["MANIFOLD_KEY"];
const email = process.argv[2] ?? "newcomer@example.com";

function manifold<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return ask(url, key, document, variables);
}

/** Gives the pages of the list of companies, one after another. */
async function* pages(): AsyncGenerator<NonNullable<CompaniesQuery["companies"]>> {
  let after: string | null = null;
  for (;;) {
    const { companies }: CompaniesQuery = await manifold(CompaniesDocument, { first: 20, after });
    if (companies === null) return;
    yield companies;
    if (!companies.pageInfo.hasNextPage) return;
    after = companies.pageInfo.endCursor;
  }
}

/** Invites somebody once, however often this is run: the key says that it is the same. */
async function invite(account: string): Promise<void> {
  const { inviteCreate } = await manifold(InviteDocument, { account, email, key: `example-${email}` });
  if (inviteCreate === null) return;
  for (const error of inviteCreate.userErrors) {
    console.log(`${email}: ${error.code}: ${error.message}`);
  }
  console.log(`${email}: ${inviteCreate.outcome}`);
}

async function run(): Promise<void> {
  const accounts: string[] = [];
  for await (const page of pages()) {
    for (const company of page.nodes) {
      console.log(`${company.platform} ${company.name}`);
      if (company.platform === "CLINKED") accounts.push(company.id);
    }
    // The rest of the list is good. The companies of a platform that is down come on a later
    // page, or to whoever asks again with the same cursor.
    for (const outage of page.outages) {
      console.error(`${outage.platform} is out: ${outage.code}`);
    }
  }
  const [account] = accounts;
  if (account === undefined) return;
  const { company } = await manifold(CompanyDocument, { id: account });
  if (company !== null && "groupCount" in company) {
    console.log(`${company.name}: ${company.groupCount} groups`);
  }
  await invite(account);
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
