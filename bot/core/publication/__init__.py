"""Publishing: what has to be there first, and what of a draft's file changes then."""
