"""A GitLab of which an issue bridge sees no difference: REST v4 issues and what belongs to them, webhooks, a part of GraphQL."""
