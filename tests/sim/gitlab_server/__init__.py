"""A GitLab for issue bridges: REST v4 issues and what belongs to them, webhooks, a part of GraphQL."""
