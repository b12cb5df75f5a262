// Makes the docs show which calls a field may cost, as its `@upstream` directives tell.

import { isInterfaceType, isObjectType, valueFromASTUntyped } from "graphql";

const NAMES = {
  CLINKED: "Clinked",
  CODAT: "Codat",
  CONDUIT: "Conduit Link",
  KONDADO: "Kondado",
  LEADCONDUIT: "LeadConduit",
};
// How many calls a description names; all of them are among the field's directives.
const NAMED = 3;

function read(directive) {
  return Object.fromEntries(
    directive.arguments.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function sentence(calls) {
  const shown = calls
    .slice(0, NAMED)
    .map(({ method, path, platform }) => `\`${method} ${path}\` (${NAMES[platform] ?? platform})`);
  const more = calls.length - shown.length;
  return `Costs: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

// The docs print a directive's name alone, so the name is made to tell everything.
function spelled({ method, path, platform }) {
  const value = `upstream(method: ${method}, path: "${path}", platform: ${platform})`;
  return { name: { value } };
}

function show(field) {
  const directives = field.astNode?.directives ?? [];
  const [upstream, others] = [[], []];
  for (const one of directives) (one.name.value === "upstream" ? upstream : others).push(one);
  if (upstream.length === 0) return;
  const calls = upstream.map(read);
  // In the same paragraph: lists of fields show no more than the first.
  field.description = [field.description, sentence(calls)].filter(Boolean).join("  \n");
  field.astNode = { ...field.astNode, directives: [...others, ...calls.map(spelled)] };
}

export function showCalls(schema) {
  const types = Object.values(schema.getTypeMap());
  for (const type of types.filter((one) => isObjectType(one) || isInterfaceType(one))) {
    Object.values(type.getFields()).forEach(show);
  }
  return schema;
}
