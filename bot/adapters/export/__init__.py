"""Chat exports of Discord and Slack."""
