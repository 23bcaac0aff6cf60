"""The models of every content file, and the rules that refuse what is wrong."""
