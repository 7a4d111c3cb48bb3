"""Which path leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer, Request

from .paging import page
from .params import Params
from .rights import MAINTAINER, OWNER, refuse
from .world import Group, Issue, Project, User

if TYPE_CHECKING:
    from .app import Gitlab

API = "/api/v4"
PROJECT = API + "/projects/{id}"
ISSUE = PROJECT + "/issues/{iid}"


def declare(gitlab: "Gitlab") -> None:
    """Declares all. Handlers look their part up when they are called: a reset makes new ones."""
    _site(gitlab)
    _issues(gitlab)
    _notes(gitlab)
    _events(gitlab)
    _project(gitlab)
    _hooks(gitlab)


def _site(gitlab: "Gitlab") -> None:
    add = gitlab.routes.add

    def version(request: Request) -> Answer:
        gitlab.signed_in(request)
        settings = gitlab.world.settings
        return Answer(
            200,
            {
                "version": settings["version"],
                "revision": "simulated",
                "enterprise": gitlab.world.paid(),
                "kas": {"enabled": False, "externalUrl": None, "externalK8sProxyUrl": None, "version": None},
            },
        )

    def issues(request: Request) -> Answer:
        return gitlab.lists.issues(request, gitlab.signed_in(request), gitlab.world.projects.values(), "created_by_me")

    def search(request: Request) -> Answer:
        return gitlab.lists.search(request, gitlab.signed_in(request), gitlab.world.projects.values())

    def user(request: Request, id: str) -> Answer:
        gitlab.signed_in(request)
        return gitlab.people.user(request, id)

    def token(request: Request) -> Answer:
        gitlab.signed_in(request)
        return gitlab.people.own_token(request.user)

    def web_upload(request: Request, id: str, secret: str, filename: str) -> Answer:
        return gitlab.uploads.web(request, gitlab.world.project_at(id), secret, filename)

    add("GET", API + "/version", version)
    add("GET", API + "/metadata", version)
    add("GET", API + "/user", lambda request: Answer(200, gitlab.show.me(gitlab.signed_in(request))))
    add("GET", API + "/users", lambda request: gitlab.people.users(request, gitlab.signed_in(request)))
    add("GET", API + "/users/{id}", user)
    add("GET", API + "/personal_access_tokens/self", token)
    add("GET", API + "/projects", lambda request: gitlab.people.projects(request, gitlab.user(request)))
    add("GET", API + "/issues", issues)
    add("GET", API + "/issues/{id}", gitlab.issue_by_id)
    add("POST", "/api/graphql", lambda request: gitlab.graphql.post(request, gitlab.user(request)))
    add("GET", API + "/search", search)
    add("GET", "/-/project/{id}/uploads/{secret}/{filename}", web_upload)
    add("GET", "/", lambda request: gitlab.web.index(request))
    for place in ("issues", "work_items"):
        add("GET", f"/{{path:rest}}/-/{place}", lambda request, path: gitlab.web.issues(request, path))
        add("GET", f"/{{path:rest}}/-/{place}/{{iid}}", lambda request, path, iid: gitlab.web.issue(request, path, iid))


def _issues(gitlab: "Gitlab") -> None:
    add = gitlab.routes.add

    def many(request: Request, user: User | None, project: Project) -> Answer:
        if request.method == "POST":
            assert user is not None
            return gitlab.issues.create(request, user, project)
        return gitlab.lists.issues(request, user, [project], "all", elsewhere=False)

    def of_group(request: Request, user: User, group: Group) -> Answer:
        return gitlab.lists.issues(request, user, gitlab.group_projects(group), "all")

    def search_group(request: Request, user: User, group: Group) -> Answer:
        return gitlab.lists.search(request, user, gitlab.group_projects(group))

    def search_project(request: Request, user: User, project: Project) -> Answer:
        return gitlab.lists.search(request, user, [project])

    def participants(request: Request, user: User | None, project: Project, issue: Issue) -> Answer:
        return page(request, Params(request), gitlab.issues.participants(request, issue), lambda row: row)

    def none(request: Request, user: User | None, project: Project, issue: Issue) -> Answer:
        return page(request, Params(request), [], lambda row: row)

    add("GET POST", PROJECT + "/issues", gitlab.in_project(many, signed=False))
    add("GET", API + "/groups/{id}/issues", gitlab.in_group(of_group))
    add("GET", API + "/groups/{id}/search", gitlab.in_group(search_group))
    add("GET", PROJECT + "/search", gitlab.in_project(search_project))
    add("GET PUT DELETE", ISSUE, gitlab.at_issue(lambda *given: gitlab.issues.one(*given)))
    add("POST", ISSUE + "/move", gitlab.at_issue(lambda *given: gitlab.moves.post_move(*given)))
    add("POST", ISSUE + "/clone", gitlab.at_issue(lambda *given: gitlab.moves.post_clone(*given)))
    add("GET", ISSUE + "/participants", gitlab.at_issue(participants))
    add("GET", ISSUE + "/related_merge_requests", gitlab.at_issue(none))
    add("GET", ISSUE + "/closed_by", gitlab.at_issue(none))
    add(
        "GET POST",
        ISSUE + "/links",
        gitlab.at_issue(lambda request, user, project, issue: gitlab.moves.links(request, user, issue)),
    )
    add(
        "GET DELETE",
        ISSUE + "/links/{link_id}",
        gitlab.at_issue(lambda *given, **named: gitlab.moves.link(*given, **named)),
    )


def _notes(gitlab: "Gitlab") -> None:
    add = gitlab.routes.add

    def many(request: Request, user: User | None, project: Project, issue: Issue) -> Answer:
        if request.method == "POST":
            assert user is not None
            return gitlab.notes.create(request, user, project, issue)
        return gitlab.notes.notes(request, user, project, issue)

    def in_thread(
        request: Request, user: User | None, project: Project, issue: Issue, discussion_id: str, note_id: str
    ) -> Answer:
        return gitlab.notes.one(request, user, project, issue, note_id)

    def thread(*given: Any, **named: str) -> Answer:
        return gitlab.notes.discussion(*given, **named)

    add("GET POST", ISSUE + "/notes", gitlab.at_issue(many))
    add(
        "GET PUT DELETE",
        ISSUE + "/notes/{note_id}",
        gitlab.at_issue(lambda *given, **named: gitlab.notes.one(*given, **named)),
    )
    add("GET POST", ISSUE + "/discussions", gitlab.at_issue(lambda *given: gitlab.notes.discussions(*given)))
    add("GET", ISSUE + "/discussions/{discussion_id}", gitlab.at_issue(thread))
    add("GET POST", ISSUE + "/discussions/{discussion_id}/notes", gitlab.at_issue(thread))
    add("GET PUT DELETE", ISSUE + "/discussions/{discussion_id}/notes/{note_id}", gitlab.at_issue(in_thread))


def _events(gitlab: "Gitlab") -> None:
    for kind in ("label", "state", "milestone"):
        gitlab.routes.add("GET", f"{ISSUE}/resource_{kind}_events", gitlab.at_issue(gitlab.resource_events(kind)))
        gitlab.routes.add(
            "GET", f"{ISSUE}/resource_{kind}_events/{{event_id}}", gitlab.at_issue(gitlab.resource_events(kind))
        )


def _project(gitlab: "Gitlab") -> None:
    add, inside = gitlab.routes.add, gitlab.in_project

    def one(request: Request, user: User | None, project: Project) -> Answer:
        return Answer(200, gitlab.show.project(project, user))

    def labels(request: Request, user: User | None, project: Project) -> Answer:
        if request.method == "POST":
            assert user is not None
            return gitlab.labels.create(request, user, project)
        return gitlab.labels.labels(request, project)

    def group(request: Request, user: User, found: Group) -> Answer:
        return Answer(200, gitlab.show.group(found))

    def group_projects(request: Request, user: User, found: Group) -> Answer:
        rows = gitlab.group_projects(found)
        return page(request, Params(request), rows, lambda row: gitlab.show.project(row, user))

    def group_labels(request: Request, user: User, found: Group) -> Answer:
        rows = [label for above in gitlab.world.ancestors(found.id) for label in above.labels.values()]
        return page(request, Params(request), rows, lambda row: gitlab.show.label(row, None))

    add("GET", PROJECT, inside(one, signed=False))
    add("GET POST", PROJECT + "/labels", inside(labels, signed=False))
    add(
        "GET PUT DELETE", PROJECT + "/labels/{name}", inside(lambda *given, **named: gitlab.labels.one(*given, **named))
    )
    add("GET POST", PROJECT + "/releases", inside(lambda *given: gitlab.versions.releases(*given), signed=False))
    add(
        "GET PUT DELETE",
        PROJECT + "/releases/{tag}",
        inside(lambda *given, **named: gitlab.versions.release(*given, **named)),
    )
    add("GET POST", PROJECT + "/uploads", inside(lambda *given: gitlab.uploads.many(*given), 10))
    add(
        "GET DELETE",
        PROJECT + "/uploads/{upload_id}",
        inside(lambda *given, **named: gitlab.uploads.by_id(*given, **named)),
    )
    add(
        "GET DELETE",
        PROJECT + "/uploads/{secret}/{filename}",
        inside(lambda *given, **named: gitlab.uploads.by_secret(*given, **named)),
    )
    add("GET", API + "/groups/{id}", gitlab.in_group(group))
    add("GET", API + "/groups/{id}/projects", gitlab.in_group(group_projects))
    add("GET", API + "/groups/{id}/labels", gitlab.in_group(group_labels))
    for place, within in ((PROJECT, inside), (API + "/groups/{id}", gitlab.in_group)):
        _milestones_of(gitlab, place + "/milestones", within)
        add("GET POST", place + "/members", within(lambda *given: gitlab.people.members(*given)))
        add(
            "GET",
            place + "/members/all",
            within(lambda request, user, owner: gitlab.people.all_members(request, owner)),
        )
        add(
            "GET",
            place + "/members/all/{user_id}",
            within(lambda *given, **named: gitlab.people.member(*given, everyone=True, **named)),
        )
        add(
            "GET PUT DELETE",
            place + "/members/{user_id}",
            within(lambda *given, **named: gitlab.people.member(*given, **named)),
        )


def _milestones_of(gitlab: "Gitlab", place: str, within: Any) -> None:
    add = gitlab.routes.add
    one = place + "/{milestone_id}"
    add("GET POST", place, within(lambda *given: gitlab.versions.milestones(*given)))
    add("GET PUT DELETE", one, within(lambda *given, **named: gitlab.versions.milestone(*given, **named)))
    add("GET", one + "/issues", within(lambda *given, **named: gitlab.versions.milestone_issues(*given, **named)))


def _hooks(gitlab: "Gitlab") -> None:
    def paid(do: Any) -> Any:
        def handler(request: Request, user: User, group: Group, **named: str) -> Any:
            if not gitlab.world.paid():
                raise refuse(404, "Not Found")
            return do(request, user, group, **named)

        return handler

    places = (
        (PROJECT, lambda do: gitlab.in_project(do, MAINTAINER)),
        (API + "/groups/{id}", lambda do: gitlab.in_group(paid(do), OWNER)),
    )
    for place, within in places:
        _hooks_of(gitlab, place, within)


def _hooks_of(gitlab: "Gitlab", place: str, within: Any) -> None:
    add = gitlab.routes.add
    one = place + "/hooks/{hook_id}"
    add("GET POST", place + "/hooks", within(lambda request, user, owner: gitlab.hook_pages.many(request, owner)))
    add(
        "GET PUT DELETE",
        one,
        within(lambda request, user, owner, hook_id: gitlab.hook_pages.one(request, owner, hook_id)),
    )
    add(
        "GET",
        one + "/events",
        within(lambda request, user, owner, hook_id: gitlab.hook_pages.events(request, owner, hook_id)),
    )
    add(
        "POST",
        one + "/events/{log_id}/resend",
        within(lambda *given, **named: gitlab.hook_pages.resend(*given, **named)),
    )
    add("POST", one + "/test/{trigger}", within(lambda *given, **named: gitlab.hook_pages.test(*given, **named)))
    add(
        "PUT DELETE",
        one + "/custom_headers/{key}",
        within(lambda request, user, owner, **named: gitlab.hook_pages.header(request, owner, **named)),
    )
    add(
        "PUT DELETE",
        one + "/url_variables/{key}",
        within(lambda request, user, owner, **named: gitlab.hook_pages.variable(request, owner, **named)),
    )
