"""Which path leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    attachments,
    comments,
    desk,
    desk_site,
    history,
    issues,
    links,
    meta,
    people,
    projects,
    properties,
    registering,
    search,
    workflow,
)

if TYPE_CHECKING:
    from .app import Jira


def declare(app: "Jira") -> None:
    """Declares all of a dialect."""
    _site(app)
    _issues(app)
    _parts(app)
    _people(app)
    _desk(app)
    _hooks(app)
    if app.cloud:
        _cloud(app)
    else:
        app.api("GET POST", "search", search.by_start)
        app.at("GET", "/rest/applinks/latest/listApplicationlinks", meta.application_links)
        app.at("GET", "/secure/attachment/{identity}/{filename}", attachments.download)


def _site(app: "Jira") -> None:
    api = app.api
    api("GET", "serverInfo", meta.server_info)
    api("GET", "field", meta.fields)
    api("GET", "status", meta.statuses)
    api("GET", "status/{name}", meta.status)
    api("GET", "statuscategory", meta.categories)
    api("GET", "priority", meta.listed("priorities"))
    api("GET", "resolution", meta.listed("resolutions"))
    api("GET", "issuetype", meta.listed("types"))
    api("GET", "issueLinkType", links.types)
    api("GET", "project", projects.projects)
    if app.cloud:
        api("GET", "project/search", projects.project_search)
    api("GET", "project/{key}", projects.project)
    api("GET", "project/{key}/statuses", projects.project_statuses)
    api("GET", "project/{key}/versions", projects.versions)
    api("GET", "project/{key}/version", projects.version_page)
    api("GET", "project/{key}/components", projects.components)
    api("GET", "project/{key}/role", projects.roles)
    api("GET", "project/{key}/role/{identity}", projects.role)
    api("GET", "project/{key}/securitylevel", projects.levels)
    api("POST", "version", projects.create_version)
    api("GET PUT", "version/{identity}", projects.version)
    for picture in ("useravatar", "projectavatar", "viewavatar"):
        app.at("GET", f"/secure/{picture}", meta.picture)


def _issues(app: "Jira") -> None:
    api = app.api
    api("POST", "issue", issues.create)
    api("POST", "issue/bulk", issues.create_many)
    api("GET", "issue/createmeta/{key}/issuetypes", meta.create_types)
    api("GET", "issue/createmeta/{key}/issuetypes/{identity}", meta.create_fields)
    if app.cloud:
        api("POST", "issue/bulkfetch", search.bulkfetch)
    api("GET", "issue/{key}", issues.show)
    api("PUT", "issue/{key}", issues.edit)
    api("DELETE", "issue/{key}", issues.delete)
    api("PUT", "issue/{key}/assignee", issues.assign)
    api("GET", "issue/{key}/worklog", meta.worklog)
    api("GET", "issue/{key}/editmeta", meta.editmeta)
    api("GET", "issue/{key}/transitions", workflow.listed)
    api("POST", "issue/{key}/transitions", workflow.done)
    api("GET POST DELETE", "issue/{key}/watchers", meta.watchers)


def _parts(app: "Jira") -> None:
    api = app.api
    api("GET", "issue/{key}/comment", comments.listed)
    api("POST", "issue/{key}/comment", comments.add)
    api("GET", "issue/{key}/comment/{identity}", comments.show)
    api("PUT", "issue/{key}/comment/{identity}", comments.edit)
    api("DELETE", "issue/{key}/comment/{identity}", comments.delete)
    api("GET", "issue/{key}/properties", properties.issue_keys)
    api("GET PUT DELETE", "issue/{key}/properties/{name}", properties.issue_one)
    api("GET", "comment/{identity}/properties", properties.comment_keys)
    api("GET PUT DELETE", "comment/{identity}/properties/{name}", properties.comment_one)
    api("GET", "issue/{key}/remotelink", links.remote_links)
    api("POST", "issue/{key}/remotelink", links.put_remote)
    api("DELETE", "issue/{key}/remotelink", links.drop_remote)
    api("GET PUT DELETE", "issue/{key}/remotelink/{identity}", links.one_remote)
    api("POST", "issueLink", links.link)
    api("GET", "issueLink/{identity}", links.show_link)
    api("DELETE", "issueLink/{identity}", links.unlink)
    api("POST", "issue/{key}/attachments", attachments.upload)
    api("GET", "attachment/meta", attachments.meta)
    api("GET", "attachment/{identity}", attachments.show)
    api("DELETE", "attachment/{identity}", attachments.delete)


def _people(app: "Jira") -> None:
    api = app.api
    api("GET", "myself", people.myself)
    api("GET", "mypermissions", people.my_permissions)
    api("GET", "user", people.user)
    api("GET", "user/search", people.search)
    api("GET", "user/assignable/search", people.assignable)
    api("GET", "groups/picker", people.groups)
    api("GET", "group/member", people.group_members)


def _cloud(app: "Jira") -> None:
    api = app.api
    api("GET POST", "search", search.by_start)
    api("GET POST", "search/jql", search.by_token)
    api("POST", "search/approximate-count", search.count)
    api("POST", "jql/match", search.match)
    api("POST", "jql/parse", search.parse)
    api("GET", "issue/{key}/changelog", history.listed)
    api("POST", "issue/{key}/changelog/list", history.by_ids)
    api("POST", "changelog/bulkfetch", history.bulkfetch)
    api("POST", "comment/list", comments.by_ids)
    api("GET", "attachment/content/{identity}", attachments.content)
    api("GET", "label", meta.labels)
    api("GET", "field/search", meta.field_search)
    api("GET", "statuses/search", meta.status_search)
    api("GET", "priority/search", meta.searched("priorities"))
    api("GET", "resolution/search", meta.searched("resolutions"))
    api("GET", "user/bulk", people.bulk)
    api("GET", "user/groups", people.user_groups)
    app.at("GET", "/media/{identity}/{filename}", attachments.media)
    app.at("POST", "/oauth/token", lambda call: app.auth.token(call))
    app.at("GET", "/oauth/token/accessible-resources", lambda call: app.auth.resources(call))


def _hooks(app: "Jira") -> None:
    for path in ("/rest/webhooks/1.0/webhook", *(() if app.cloud else ("/rest/jira-webhook/1.0/webhooks",))):
        app.at("GET POST", path, registering.admin_hooks)
        app.at("GET PUT DELETE", path + "/{identity}", registering.admin_hook)
    if app.cloud:
        app.api("GET POST DELETE", "webhook", registering.dynamic_hooks)
        app.api("PUT", "webhook/refresh", registering.refresh)
        app.api("GET", "webhook/failed", registering.failed)


def _desk(app: "Jira") -> None:
    root = f"/{desk_site.ROOT}"
    at = app.at
    at("GET", f"{root}/info", desk_site.info)
    at("GET", f"{root}/servicedesk", desk_site.desks)
    at("GET", root + "/servicedesk/{identity}", desk_site.desk)
    at("GET", root + "/servicedesk/{identity}/requesttype", desk_site.types)
    at("GET", root + "/servicedesk/{identity}/organization", desk_site.desk_organizations)
    at("POST", root + "/servicedesk/{identity}/attachTemporaryFile", desk.temporary_file)
    at("GET", f"{root}/organization", desk_site.organizations)
    at("GET", root + "/organization/{identity}", desk_site.organization)
    at("GET", root + "/organization/{identity}/user", desk_site.organization_people)
    at("GET POST", f"{root}/request", desk.requests)
    at("GET", root + "/request/{key}", desk.request)
    at("GET POST", root + "/request/{key}/comment", desk.comments)
    at("GET", root + "/request/{key}/comment/{identity}", desk.comment)
    at("GET POST DELETE", root + "/request/{key}/participant", desk.participants)
    at("GET POST", root + "/request/{key}/transition", desk.transitions)
    at("GET", root + "/request/{key}/status", desk.statuses)
    at("POST", root + "/request/{key}/attachment", desk.attach)
