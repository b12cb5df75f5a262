"""Plans of single selections, to look at how they are made."""

from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    NameNode,
    OperationDefinitionNode,
    VariableValues,
    get_named_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
    parse,
)
from graphql.execution.collect_fields import FieldDetails

from schema.build import build
from schema.plans.compiler import Compiler, Plan
from schema.plans.link import Link
from schema.plans.links import CoreLink, InnerLinks
from schema.plans.things import Things
from schema.selection import Selected, class_of, link_of


def things(kind: GraphQLObjectType, selection: str) -> Things:
    """Plan how things of a type are shown; raises `NotPlain` where graphql-core has to."""
    document = parse(f"query {{ __typename }} fragment F on {kind.name} {{ {selection} }}")
    operation, fragment = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert isinstance(fragment, FragmentDefinitionNode)
    compiler = Compiler(build(), document, operation, VariableValues({}, {}))
    node = FieldNode(name=NameNode(value="f"), selection_set=fragment.selection_set)
    selected = Selected("f", "f", [FieldDetails(node, None)], compiler.document)
    return compiler.things(class_of(kind), [selected.below()], breaks_alone=True)


def plans(text: str) -> list[Plan]:
    """Plan every query of a document, without variables."""
    document = parse(text)
    found = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    none = VariableValues({}, {})
    queries = [one for one in found if one.operation.value == "query"]
    return [Compiler(build(), document, one, none).plan() for one in queries]


def by_core(links: list[Link]) -> list[str]:
    """Name the fields among some links, and inside them, that graphql-core resolves."""
    found: list[str] = []
    for link in links:
        if isinstance(link, CoreLink):
            found.append(f"{link.kind.name}.{link.selected.name}")
        if isinstance(link, InnerLinks):
            found += by_core([*link.links])
    return found


def field(kind: GraphQLObjectType, name: str) -> str:
    """Write the selection of a field, with all below it that costs no call."""
    given: Any = kind.fields[name]
    needed = [one for one, argument in given.args.items() if is_required_argument(argument)]
    values = ", ".join([f'{one}: "x"' for one in needed])
    arguments = f"({values})" if needed else ""
    return f"{name}{arguments}{below(get_named_type(given.type), 2)}"


def below(kind: Any, deep: int) -> str:
    """Write the selection of all that costs no call on a type."""
    if is_leaf_type(kind):
        return ""
    names = ["__typename"]
    for name, one in kind.fields.items() if deep and is_object_type(kind) else ():
        if link_of(one) is None and not one.args:
            names.append(f"{name}{below(get_named_type(one.type), deep - 1)}")
    return f" {{ {' '.join(names)} }}"
