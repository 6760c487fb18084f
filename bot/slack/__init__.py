"""The Slack front: listeners that translate, call one method of a desk, and answer."""
