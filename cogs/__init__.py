"""The Discord front: cogs that translate, call one method of a desk, and answer."""
