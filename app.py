"""The page: ``python app.py`` opens it at http://127.0.0.1:7860."""

from replygen.cli.main import main

if __name__ == "__main__":
    main(["serve"])
