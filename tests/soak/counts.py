"""What the gateway itself has counted."""

from collections import Counter

import httpx
from prometheus_client.parser import text_string_to_metric_families

SHOWN = {
    "manifold_retries": "tried again",
    "manifold_coalesced_reads": "reads that were shared",
    "manifold_calls_refused": "not sent: resting, or too many",
    "manifold_tokens_renewed": "tokens renewed",
}


async def counts(http: httpx.AsyncClient, url: str) -> Counter[str]:
    """Read the numbers of a gateway that the table shows."""
    answer = await http.get(f"{url}/metrics")
    found = Counter[str]()
    for family in text_string_to_metric_families(answer.raise_for_status().text):
        for sample in family.samples:
            if family.name in SHOWN and sample.name == f"{family.name}_total":
                found[SHOWN[family.name]] += int(sample.value)
    return found
