"""``python -m model_keeper`` is the command ``model-keeper``."""

from model_keeper.cli.app import main

if __name__ == "__main__":
    main()
