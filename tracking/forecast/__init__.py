"""Where a target has come from and where it is heading: kept points, and the pace between them."""
