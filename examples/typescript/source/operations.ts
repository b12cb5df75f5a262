/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What went wrong, from a closed list; it stands in `extensions.code` and in outages. */
export type ErrorCode =
  /** An argument or the document is wrong, or a platform refused a read because of them. */
  | 'BAD_USER_INPUT'
  /** The platform had not answered by the operation's deadline. */
  | 'DEADLINE_EXCEEDED'
  /** The caller is known and may not do this; nothing was sent to any platform. */
  | 'FORBIDDEN'
  /** A fault of the gateway's own; quote the request id. */
  | 'INTERNAL'
  /** The request goes beyond one of the gateway's limits, and was not run, or not to its end. */
  | 'LIMIT_EXCEEDED'
  /** The platform has no such thing, a list for instance. */
  | 'NOT_SUPPORTED'
  /** The gateway has no persisted document of that id. */
  | 'PERSISTED_DOCUMENT_NOT_FOUND'
  /** This gateway runs persisted documents alone; nothing else is run. */
  | 'PERSISTED_DOCUMENT_REQUIRED'
  /** No document of that hash is kept; send it along once. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** This gateway keeps no automatic persisted queries. */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /** What the connection may still ask its platform is used up; nothing was sent. */
  | 'RATE_LIMITED'
  /** The gateway does not know who asks: there is no key or token, or not a valid one. */
  | 'UNAUTHENTICATED'
  /** The gateway itself cannot answer at this moment; nothing was sent to any platform. */
  | 'UNAVAILABLE'
  /** The platform's answer was not what its documentation says. */
  | 'UPSTREAM_MALFORMED'
  /** The platform refused because too many requests were made. */
  | 'UPSTREAM_RATE_LIMITED'
  /** The platform refused the gateway's credentials. */
  | 'UPSTREAM_UNAUTHORIZED'
  /** The platform could not be reached, did not answer in time, or failed. */
  | 'UPSTREAM_UNAVAILABLE';

/** How far an invitation has come. */
export type InviteStatus =
  /** Taken up. */
  | 'ACCEPTED'
  /** Ended without an answer. */
  | 'EXPIRED'
  /** Sent and not answered. */
  | 'PENDING'
  /** The platform does not tell, or tells what this gateway does not know yet. */
  | 'UNKNOWN';

/** What became of what was asked. */
export type Outcome =
  /** It is done: the platform said so, or showed it when it was asked afterwards. */
  | 'CONFIRMED'
  /**
   * Nothing was changed: `userErrors` says why, or, where the platform's answer never came, it
   * was asked afterwards and did not show it.
   */
  | 'NOT_APPLIED'
  /**
   * It may have been done: the platform's answer never came, and the platform could not be asked
   * or does not tell; or the same is being done at this moment. Look before you do it again.
   */
  | 'UNKNOWN';

/** One of the products that this gateway speaks to. */
export type Platform =
  /** Clinked: API v3, with OAuth tokens that last two hours. */
  | 'CLINKED'
  /** Codat: the Platform API. */
  | 'CODAT'
  /** Conduit Link: companies of one Link App. */
  | 'CONDUIT'
  /** Kondado: invitations and its catalogue, where success stands in the body. */
  | 'KONDADO'
  /** LeadConduit: the API of an ActiveProspect account. */
  | 'LEADCONDUIT';

/** What is wrong with a request to change something. */
export type UserErrorCode =
  /** It exists already, or is in use, or is being changed. */
  | 'CONFLICT'
  /** The platform does not allow it with these credentials. */
  | 'FORBIDDEN'
  /** The same is being done for this idempotency key at this moment; ask again later. */
  | 'IDEMPOTENCY_KEY_IN_USE'
  /** The idempotency key was used for another mutation or other arguments; take another. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A value breaks a rule; see `field`. */
  | 'INVALID'
  /** The platform's plan allows no more of these. */
  | 'LIMIT_REACHED'
  /** The thing does not exist. */
  | 'NOT_FOUND'
  /** The platform has no way to do this. */
  | 'NOT_SUPPORTED'
  /** The platform said no. */
  | 'REFUSED';

export type CompaniesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type CompaniesQuery = { companies: { nodes: Array<
      | { id: string, platform: Platform, name: string | null }
      | { id: string, platform: Platform, name: string | null }
      | { id: string, platform: Platform, name: string | null }
    >, pageInfo: { hasNextPage: boolean, endCursor: string | null }, outages: Array<{ platform: Platform, connection: string, code: ErrorCode, retryAfterSeconds: number | null }> } | null };

export type CompanyQueryVariables = Exact<{
  id: string | number;
}>;


export type CompanyQuery = { company:
    | { groupCount: number | null, id: string, platform: Platform, name: string | null, createdAt: string | null }
    | { id: string, platform: Platform, name: string | null, createdAt: string | null }
    | { id: string, platform: Platform, name: string | null, createdAt: string | null }
   | null };

export type InviteMutationVariables = Exact<{
  account: string | number;
  email: string;
  key: string;
}>;


export type InviteMutation = { inviteCreate: { outcome: Outcome, invites: Array<
      | { id: string, email: string | null, status: InviteStatus }
      | { id: string, email: string | null, status: InviteStatus }
      | { id: string, email: string | null, status: InviteStatus }
      | { id: string, email: string | null, status: InviteStatus }
    > | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const CompaniesDocument = new TypedDocumentString(`
    query Companies($first: Int!, $after: String) {
  companies(first: $first, after: $after) {
    nodes {
      id
      platform
      name
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    outages {
      platform
      connection
      code
      retryAfterSeconds
    }
  }
}
    `) as unknown as TypedDocumentString<CompaniesQuery, CompaniesQueryVariables>;
export const CompanyDocument = new TypedDocumentString(`
    query Company($id: ID!) {
  company(id: $id) {
    id
    platform
    name
    createdAt
    ... on ClinkedAccount {
      groupCount
    }
  }
}
    `) as unknown as TypedDocumentString<CompanyQuery, CompanyQueryVariables>;
export const InviteDocument = new TypedDocumentString(`
    mutation Invite($account: ID!, $email: String!, $key: String!) {
  inviteCreate(
    input: {clinkedAccount: {accountId: $account, emails: [$email]}}
    idempotencyKey: $key
  ) {
    outcome
    invites {
      id
      email
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<InviteMutation, InviteMutationVariables>;