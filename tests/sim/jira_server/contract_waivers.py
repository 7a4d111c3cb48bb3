"""What Atlassian's own specifications have wrong or leave out (specs/PROVENANCE.md): an answer in the form of the
vendor's own examples and of recordings is no violation. Each row: in a "request" or an "answer", which, and why.
"""

WAIVED: list[tuple[str, str]] = [
    # No part of these specifications: Service Management, admin webhooks, OAuth, files by their address.
    ("request", r"^\w+ /(rest/(servicedeskapi|webhooks|jira-webhook)|oauth|media|secure|browse|servicedesk)/\S* path:"),
    ("request", r"^GET / path:"),
    ("request", r"^\w+ /rest/applinks/\S* path:"),
    # Both: a change from or to nothing has null; the vendor's example too.
    (
        "answer",
        r"(histories|changeHistories|values)/\S*/items/\d+/(from|to|fromString|toString): None is not of type 'string'",
    ),
    # Cloud: in recordings, not in the schema.
    (
        "answer",
        r"items/\d+: Additional properties are not allowed \('tmpFromAccountId', 'tmpToAccountId' were unexpected\)",
    ),
    # Cloud: the example has milliseconds, the schema a text.
    ("answer", r"^POST /rest/api/3/changelog/bulkfetch \S*/created: \d+ is not of type 'string'"),
    # Both: the example is a list, the schema an object.
    ("answer", r"^GET /rest/api/\d/issue/[^/]+/remotelink body: \[.*is not of type 'object'"),
    # Cloud: the example has a text (specs/PROVENANCE.md, trap 1).
    ("answer", r"^(GET|PUT) /rest/api/3/webhook(/refresh)? \S*expirationDate: '.*' is not of type 'integer'"),
    # Cloud: what the gateway says of a scope is not in the form of Jira's own errors.
    ("answer", r"^\w+ \S+ body: Additional properties are not allowed \('code', 'message' were unexpected\)"),
    # Data Center: lists are typed as one thing (specs/PROVENANCE.md, trap 2).
    (
        "answer",
        r"^\w+ /rest/api/2/(field|status|statuscategory|project|priority|resolution|issuetype|user/search|user/assignable/search|project/\w+/\w+|issue/[\w-]+/attachments) body: \[.*is not of type 'object'",
    ),
    # Data Center: properties are JSON, not text; a remote link is 201 when it is new; transitions take `expand`.
    ("request", r"^\w+ /rest/api/2/\S* properties/\d+/value: .* is not of type 'string'"),
    ("answer", r"^\w+ /rest/api/2/\S* (comments/\d+/)?properties/\d+/value: .* is not of type 'string'"),
    ("request", r"^PUT /rest/api/2/\S*/properties/[^/]+ body: .* is not of type 'string'"),
    ("answer", r"^GET /rest/api/2/\S*/properties/[^/]+ value: .* is not of type 'string'"),
    # Data Center: parameters that the file leaves out and the vendor's pages name.
    ("request", r"^GET /rest/api/2/(user query expand|group/member query groupname): the specification has no such"),
    ("answer", r"^POST /rest/api/2/issue/[^/]+/remotelink status: 201 is not one of"),
    ("request", r"^GET /rest/api/2/issue/[^/]+/transitions query expand: the specification has no such parameter"),
]
