"""`python -m talentmap` is the command line."""

from talentmap.cli import main

if __name__ == "__main__":
    main()
