"""What `deploy/` has is what the gateway takes, and leaves nobody cut off or let in."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Generator
from importlib.metadata import version
from pathlib import Path

import pytest
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as NoStore

from gateway import app
from gateway.environment import PREFIX
from gateway.settings import Settings, load
from resolvers.platform import credentials_by_platform
from tests.deployed import (
    COMPOSE,
    DEPLOY,
    EXAMPLE,
    GATEWAYS,
    MANIFESTS,
    ROOT,
    SECRET,
    SERVICES,
    compose_environment,
    container,
    example,
    manifest,
    pod,
    pod_environment,
    store_script,
    strings,
)
from tests.store_server import PATIENCE_SECONDS, ask, program

# What an example may say, since it opens nothing.
PUBLIC = re.compile(r"__(PLATFORM|SCOPES)$|_JWT__(ISSUER|AUDIENCE|ALGORITHMS|JWKS)$")
# Beside what the gateway itself adds to the deadline.
SPARE_SECONDS = 5


def seconds(written: str) -> float:
    """Read a length of time as Compose writes it."""
    return float(written.removesuffix("s"))


@pytest.fixture(params=[compose_environment, pod_environment], ids=["compose", "kubernetes"])
def settings(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Settings:
    """The settings of a gateway that was started so."""
    monkeypatch.chdir(tmp_path)
    for name, value in request.param().items():
        monkeypatch.setenv(name, value)
    return load()


@pytest.fixture
def store(tmp_path: Path) -> Generator[str]:
    """The URL of a store that is started as the files say, but for its port and its folder."""
    (tmp_path / "valkey-server").symlink_to(program())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    script = store_script().replace("-server -", f"-server - --bind 127.0.0.1 --port {port}")
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "REDISCLI_AUTH": SECRET}
    with subprocess.Popen(["/bin/sh", "-c", script], env=environment, cwd=tmp_path) as server:
        try:
            url = f"redis://:{SECRET}@127.0.0.1:{port}"
            wait_for(url, server)
            yield url
        finally:
            server.terminate()


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until a store answers."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            ask(url, "PING")
        except NoStore:
            assert server.poll() is None
            assert time.monotonic() < ends
            time.sleep(0.01)
        else:
            return


def test_the_gateway_starts_with_what_it_is_given(settings: Settings) -> None:
    """The examples, once they are filled in, are whole."""
    assert settings.connections
    assert settings.port == 8000
    assert settings.log_format == "json"
    assert settings.store is not None
    assert settings.store_key


def test_the_example_shows_a_connection_to_every_platform() -> None:
    """Nobody has to look up how one is written."""
    shown = {v for name, v in example().items() if name.endswith("__PLATFORM")}

    assert shown == {platform.value for platform in credentials_by_platform()}


def test_every_connection_of_the_example_is_good(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With no variable missing, none too many, and a name for each."""
    monkeypatch.chdir(tmp_path)
    for name, value in compose_environment().items():
        monkeypatch.setenv(name, value)

    assert len(load().connections) == len(credentials_by_platform())


def test_the_store_is_where_gateways_look_for_it() -> None:
    """At a name of the network, on the port that it listens on."""
    service = manifest("Service", "manifold-valkey")
    (port,) = service["spec"]["ports"]

    assert compose_environment()[f"{PREFIX}STORE"] == f"redis://:{SECRET}@valkey:6379/0"
    assert pod_environment()[f"{PREFIX}STORE"] == (
        f"redis://:{SECRET}@{service['metadata']['name']}:{port['port']}/0"
    )


def test_everything_leads_to_the_port_that_the_gateway_listens_on(settings: Settings) -> None:
    """Compose's ports, the container's, the scraper's, and that of the image."""
    template = manifest("Deployment")["spec"]["template"]
    named = {port["name"]: port["containerPort"] for port in container()["ports"]}
    published = {SERVICES[name]["ports"][0] for name in GATEWAYS}

    assert named == {"http": settings.port}
    assert manifest("Service")["spec"]["ports"][0]["targetPort"] == "http"
    assert template["metadata"]["annotations"]["prometheus.io/port"] == str(settings.port)
    assert f"EXPOSE {settings.port}" in (ROOT / "Dockerfile").read_text()
    assert published == {f"127.0.0.1:800{n}:{settings.port}" for n in (0, 1)}


def test_everything_asks_for_a_path_that_is_there(settings: Settings) -> None:
    """Probes that ask for another would keep the gateway from ever being ready."""
    template = manifest("Deployment")["spec"]["template"]
    probes = [
        container()[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")
    ]
    (checked,) = re.findall(r"'(/\w+)'", (ROOT / "Dockerfile").read_text())
    there = {getattr(route, "path", None) for route in app.create(settings).routes}

    assert {probe["port"] for probe in probes} == {"http"}
    assert [probe["path"] for probe in probes] == ["/healthz", "/healthz", "/readyz"]
    assert checked == "/readyz"
    assert there >= {"/healthz", checked, template["metadata"]["annotations"]["prometheus.io/path"]}


def test_a_gateway_is_given_more_time_to_stop_than_its_requests_may_take() -> None:
    """Killed before, it would cut off answers that were about to come."""
    compose = float(compose_environment()[f"{PREFIX}DEADLINE_SECONDS"])
    kubernetes = float(pod_environment()[f"{PREFIX}DEADLINE_SECONDS"])
    before = container()["lifecycle"]["preStop"]["sleep"]["seconds"]

    for name in GATEWAYS:
        assert seconds(SERVICES[name]["stop_grace_period"]) > compose + SPARE_SECONDS
    assert pod()["terminationGracePeriodSeconds"] > before + kubernetes + SPARE_SECONDS


def test_no_secret_is_written_down() -> None:
    """Examples are empty where one belongs, and a value that has one refers to it."""
    secret: dict[str, str] = manifest("Secret")["stringData"]
    filled = dict(re.findall(r"^#?([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE))
    addresses = [text for text in strings([COMPOSE, MANIFESTS]) if "://" in text]

    assert all(PUBLIC.search(name) for name in filled)
    assert all(PUBLIC.search(name) for name, value in secret.items() if value)
    assert addresses
    assert all(re.match(r"redis://:\$[({]VALKEY_PASSWORD\b", address) for address in addresses)
    assert not any("requirepass" in text and "$" not in text for text in strings(MANIFESTS))


def test_the_store_is_given_its_password_and_no_other_secret() -> None:
    """The platforms' credentials are the gateways' alone."""
    (own,) = container("manifold-valkey")["env"]

    assert set(SERVICES["valkey"]["environment"]) == {"REDISCLI_AUTH"}
    assert "env_file" not in SERVICES["valkey"]
    assert own["valueFrom"]["secretKeyRef"] == {"name": "manifold", "key": "VALKEY_PASSWORD"}
    assert "envFrom" not in container("manifold-valkey")


def test_images_are_pinned() -> None:
    """A new one comes when somebody decides so; ours is the one of this version."""
    composed = {service["image"] for service in SERVICES.values()}
    images = {container()["image"], container("manifold-valkey")["image"]}

    assert images == composed
    assert f"manifold-gateway:{version('manifold-gateway')}" in images
    assert all(re.search(r":\d+\.\d+\.\d+$", image) for image in images)


def test_the_store_is_one_and_the_same() -> None:
    """Whichever way it is started."""
    composed: str = SERVICES["valkey"]["command"][2]

    assert composed.replace("$$", "$") == store_script()


def test_the_store_drops_nothing_to_make_room(store: str) -> None:
    """An idempotency key that is dropped before its time lets a write be done twice."""
    policy = ask(store, "CONFIG", "GET", "maxmemory-policy")
    most = ask(store, "CONFIG", "GET", "maxmemory")

    assert list(policy.values()) == [b"noeviction"]
    assert list(most.values()) == [b"%d" % (128 * 1024 * 1024)]


def test_the_store_wants_its_password(store: str) -> None:
    """Whoever reaches it may otherwise read and change what gateways go by."""
    with pytest.raises(AuthenticationError):
        ask(store.replace(SECRET, "guessed"), "PING")
    with pytest.raises(AuthenticationError):
        ask(store.replace(f":{SECRET}@", ""), "PING")


def test_gateways_wait_for_a_store_that_answers() -> None:
    """From the first call on they count together."""
    for name in GATEWAYS:
        assert SERVICES[name]["depends_on"] == {"valkey": {"condition": "service_healthy"}}
    assert SERVICES["valkey"]["healthcheck"]["test"][1:] == ["valkey-cli", "-e", "ping"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_do_no_more_than_it_has_to(name: str) -> None:
    """It writes nothing, has no rights of the system, and no memory without end."""
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]


@pytest.mark.parametrize("name", ["manifold", "manifold-valkey"])
def test_a_pod_may_do_no_more_than_it_has_to(name: str) -> None:
    """As Kubernetes' own standard for restricted pods asks."""
    assert pod(name)["securityContext"]["runAsNonRoot"] is True
    assert pod(name)["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod(name)["automountServiceAccountToken"] is False
    assert container(name)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container(name)["resources"]["limits"]["memory"]


def test_kubernetes_adds_no_variables_of_its_own() -> None:
    """A Service `manifold` would be told as MANIFOLD_PORT=tcp://…, and no gateway would start."""
    assert pod()["enableServiceLinks"] is False


def test_selectors_find_the_pods() -> None:
    """The budget, the Service, the store's guard and the spread are about pods that there are."""
    ours = {"app.kubernetes.io/name": "manifold"}
    guard = manifest("NetworkPolicy", "manifold-valkey")["spec"]
    store = manifest("Deployment", "manifold-valkey")["spec"]

    assert manifest("Deployment")["spec"]["template"]["metadata"]["labels"] == ours
    assert manifest("Deployment")["spec"]["selector"] == {"matchLabels": ours}
    assert manifest("Service")["spec"]["selector"] == ours
    assert manifest("PodDisruptionBudget")["spec"]["selector"] == {"matchLabels": ours}
    for spread in pod()["topologySpreadConstraints"]:
        assert spread["labelSelector"] == {"matchLabels": ours}
    assert guard["ingress"][0]["from"] == [{"podSelector": {"matchLabels": ours}}]
    assert guard["podSelector"] == store["selector"]
    assert store["template"]["metadata"]["labels"] == store["selector"]["matchLabels"]
    assert manifest("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]["name"] == "manifold"


def test_everything_is_applied_but_the_example() -> None:
    """Into whatever namespace is the current one."""
    (kustomization,) = (one for one in MANIFESTS if one["kind"] == "Kustomization")
    files = {path.name for path in (DEPLOY / "kubernetes").iterdir()}

    assert set(kustomization["resources"]) == files - {"kustomization.yaml", "secret.example.yaml"}
    assert not any("namespace" in one.get("metadata", {}) for one in MANIFESTS)
    assert "namespace" not in kustomization
