"""A simulator of Jira, Cloud and Data Center, with Jira Service Management."""
