"""`python -m gateway` is `manifold`."""

from gateway.cli import main

main(prog_name="manifold")
