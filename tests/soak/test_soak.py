"""A soak of a few seconds: what `make soak` does for a minute."""

import json
from pathlib import Path

from tests.soak.reads import walk
from tests.soak.report import Flaw, Report
from tests.soak.soak import Plan, prepared, soak

# A machine that tests run on may be slow, and so short a warm-up does not fill all that fills.
PATIENT_SECONDS = 30.0
PATIENT_MEGABYTES = 256


def told(report: Report) -> str:
    """Tell all findings in full."""
    return "\n".join(line for finding in report.findings for line in finding.lines())


async def test_a_few_seconds_of_trouble_show_nothing_wrong(tmp_path: Path) -> None:
    """Neither an answer nor a write, and nothing of the gateway's is left behind."""
    plan = Plan(4, 1, 7, 8, PATIENT_SECONDS, PATIENT_MEGABYTES, patience=3)
    report = await soak(plan, tmp_path)

    assert not report.findings, told(report)
    assert report.faults.total() > 10
    assert report.outcomes.total() > 10
    assert report.operations["page of a list"] > 10


async def test_a_platform_that_lies_is_found_out(tmp_path: Path) -> None:
    """Or a soak that finds nothing would mean nothing."""
    other = json.dumps([{"id": "6710c0de0000000000000abc", "name": "Nobody's"}])
    async with prepared(Plan(0, 0, 7, 1, PATIENT_SECONDS), tmp_path) as run, run.client.connected():
        run.client.stand_ins.trouble("leadconduit", {"body": other})
        await walk(run.client, run.dice("liar"), "entities")

    assert {(finding.flaw, finding.says) for finding in run.client.report.findings} == {
        (Flaw.WRONG, "a LeadConduitEntity is not as its platform holds it"),
        (Flaw.WRONG, "totalCount is wrong"),
        (Flaw.WRONG, "things are missing from a list that is whole"),
    }
