"""``python -m replygen.cli`` is the command."""

from replygen.cli.main import main

main()
