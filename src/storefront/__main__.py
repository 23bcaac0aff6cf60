"""`python -m storefront`: the command line, wherever the script `storefront` is not on the path."""

from storefront.cli import main

main()
