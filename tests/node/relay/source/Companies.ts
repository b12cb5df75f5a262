import { graphql } from "react-relay";

// The list that spans platforms, page after page, with what each page lacks.
export const list = graphql`
  fragment Companies_list on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" })
  @refetchable(queryName: "CompaniesNextPageQuery") {
    companies(first: $first, after: $after) @connection(key: "Companies_companies") {
      edges {
        node {
          id
          ...Companies_row
        }
      }
      outages {
        platform
        code
      }
    }
  }
`;

// A list inside a company, which is fetched again by the company's id.
export const row = graphql`
  fragment Companies_row on Company
  @argumentDefinitions(first: { type: "Int", defaultValue: 5 }, after: { type: "String" })
  @refetchable(queryName: "CompaniesNextGroupsQuery") {
    name
    createdAt
    groups(first: $first, after: $after) @connection(key: "Companies_groups") {
      edges {
        node {
          name
        }
      }
    }
  }
`;

export const query = graphql`
  query CompaniesQuery {
    ...Companies_list
  }
`;

// Relay puts what was made into the list, and takes what is gone out of it.
export const create = graphql`
  mutation CompaniesCreateMutation($input: CompanyCreateInput!, $connections: [ID!]!) {
    companyCreate(input: $input) {
      company @appendNode(connections: $connections, edgeTypeName: "CompanyEdge") {
        id
        name
      }
    }
  }
`;

export const remove = graphql`
  mutation CompaniesDeleteMutation($id: ID!, $connections: [ID!]!) {
    companyDelete(id: $id) {
      deletedId @deleteEdge(connections: $connections) @deleteRecord
    }
  }
`;
