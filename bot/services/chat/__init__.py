"""What Discord and Slack share."""
