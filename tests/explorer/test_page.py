"""GraphiQL works in a browser."""

import re

from playwright.sync_api import expect

from gateway.explorer.operations import examples
from tests.explorer.browser import Explorer, title


def test_it_opens_with_a_tab_for_each_example(explorer: Explorer) -> None:
    """Titled by the operation's name, in the order of the files."""
    tabs = explorer.page.locator(".graphiql-tab-button")

    expect(tabs).to_have_text([title(one) for one in examples()])


def test_an_example_runs_and_its_answer_is_shown(explorer: Explorer) -> None:
    """With its variables."""
    explorer.tab("CompanyCreate")
    explorer.run()

    expect(explorer.answer).to_contain_text("CONFIRMED")
    expect(explorer.answer).to_contain_text("Larch Mill")


def test_what_is_deferred_is_shown_with_the_rest(explorer: Explorer) -> None:
    """In its place, when its part has come."""
    explorer.tab("Defer")
    with explorer.page.expect_response("**/graphql") as answered:
        explorer.run()

    assert answered.value.headers["content-type"].startswith("multipart/mixed")
    expect(explorer.answer).to_contain_text("groups")
    expect(explorer.answer).not_to_contain_text("incremental")


def test_a_field_name_is_completed_while_it_is_typed(explorer: Explorer) -> None:
    """With what the schema has at that place."""
    explorer.click_line("totalCount")
    explorer.page.keyboard.press("Enter")
    explorer.page.keyboard.type("pageIn")
    offered = explorer.page.locator(".suggest-widget .monaco-list-row")
    expect(offered).to_have_count(1)
    explorer.page.keyboard.press("Enter")

    expect(explorer.query.locator(".view-line", has_text=re.compile("pageInfo"))).to_have_count(1)


def test_the_key_of_the_sandbox_is_filled_in_and_sent(explorer: Explorer) -> None:
    """So that nobody has to look one up to try the gateway."""
    headers = explorer.page.get_by_role("region", name="Headers")
    expect(headers).to_contain_text('"Authorization": "Bearer sandbox"')
    with explorer.page.expect_request("**/graphql") as asked:
        explorer.run()
    expect(explorer.answer).to_contain_text("Larkspur Architects")

    assert asked.value.headers["authorization"] == "Bearer sandbox"


def test_the_docs_show_what_a_field_is_and_what_it_costs(explorer: Explorer) -> None:
    """Which introspection does not tell."""
    explorer.show_docs("Query", "entities")

    expect(explorer.docs).to_contain_text("The entities of all platforms, in one list")
    expect(explorer.docs).to_contain_text("Costs: GET /entities (LeadConduit)")
    expect(explorer.docs).to_contain_text(
        '@upstream(method: GET, path: "/entities", platform: LEADCONDUIT)'
    )


def test_the_explorer_adds_a_field(explorer: Explorer) -> None:
    """By a click, without typing."""
    explorer.tab("Health")
    expect(explorer.query).not_to_contain_text("breaker")
    explorer.page.get_by_label("Show GraphiQL Explorer").click()
    explorer.page.locator("[data-field-name=breaker]").click()

    expect(explorer.query).to_contain_text("breaker")


def test_a_script_in_the_page_is_not_run(explorer: Explorer) -> None:
    """Whatever an answer or a description may hold, the page has no script but its own."""
    explorer.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "document.title = 'taken over'";
            document.body.append(script);
        }"""
    )
    (refused,) = explorer.troubles
    explorer.troubles.clear()

    assert "Content Security Policy" in refused
    assert explorer.page.title() == "Manifold"
