"""One layout a module, each with `typeset(content, mark, path)`."""
