"""`python -m gateway`, and `manifold`, are the same."""

import gc


def main() -> None:
    """Run the command line."""
    # Nearly all that is made while the program starts lasts, so it need not be searched for what
    # does not. Whoever serves takes it up again.
    gc.disable()
    from gateway.cli import main as run  # noqa: PLC0415 - with it begins what is made

    run(prog_name="manifold")


if __name__ == "__main__":
    main()
