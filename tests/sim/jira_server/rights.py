"""Who may do what: project roles, groups, security levels, and what the customers of a service desk see."""

from __future__ import annotations

from .answers import no_issue, refused
from .state import Comment, Issue, Person, Project, State

# permission → (id, its name in the administration), as GET /mypermissions tells them.
NAMES = {
    "BROWSE_PROJECTS": ("10", "Browse Projects"),
    "CREATE_ISSUES": ("11", "Create Issues"),
    "EDIT_ISSUES": ("12", "Edit Issues"),
    "ASSIGN_ISSUES": ("13", "Assign Issues"),
    "RESOLVE_ISSUES": ("14", "Resolve Issues"),
    "ADD_COMMENTS": ("15", "Add Comments"),
    "DELETE_ISSUES": ("16", "Delete Issues"),
    "ASSIGNABLE_USER": ("17", "Assignable User"),
    "CLOSE_ISSUES": ("18", "Close Issues"),
    "CREATE_ATTACHMENTS": ("19", "Create Attachments"),
    "WORK_ON_ISSUES": ("20", "Work On Issues"),
    "LINK_ISSUES": ("21", "Link Issues"),
    "ADMINISTER_PROJECTS": ("23", "Administer Projects"),
    "MOVE_ISSUES": ("25", "Move Issues"),
    "SET_ISSUE_SECURITY": ("26", "Set Issue Security"),
    "SCHEDULE_ISSUES": ("28", "Schedule Issues"),
    "MODIFY_REPORTER": ("30", "Modify Reporter"),
    "MANAGE_WATCHERS": ("32", "Manage Watchers"),
    "EDIT_ALL_COMMENTS": ("34", "Edit All Comments"),
    "EDIT_OWN_COMMENTS": ("35", "Edit Own Comments"),
    "DELETE_ALL_COMMENTS": ("36", "Delete All Comments"),
    "DELETE_OWN_COMMENTS": ("37", "Delete Own Comments"),
    "DELETE_ALL_ATTACHMENTS": ("38", "Delete All Attachments"),
    "DELETE_OWN_ATTACHMENTS": ("39", "Delete Own Attachments"),
    "TRANSITION_ISSUES": ("46", "Transition Issues"),
    "SERVICEDESK_AGENT": ("-1", "Service Desk Agent"),
    "ADMINISTER": ("0", "Administer Jira"),
    "USER_PICKER": ("27", "Browse Users"),
    "BULK_CHANGE": ("33", "Make bulk changes"),
}


class Rights:
    """Answers from the state."""

    def __init__(self, state: State) -> None:
        self.state = state

    def is_one_of(self, who: Person, given: list[str], project: Project | None, issue: Issue | None = None) -> bool:
        """Whether a person is meant by one of "role:…", "group:…", "person:…", "reporter", "assignee"."""
        for one in given:
            kind, _, name = one.partition(":")
            if kind == "group" and name in who.groups or kind == "person" and name == who.name:
                return True
            if kind == "role" and project and self.is_one_of(who, project.members.get(name, []), None):
                return True
            if kind in ("reporter", "assignee") and issue and issue.values.get(kind) == who.name:
                return True
        return False

    def may(self, who: Person, permission: str, project: Project | None = None, issue: Issue | None = None) -> bool:
        """Whether a person has a permission; in a project that he may not see he has none."""
        if permission in self.state.global_permissions:
            return self.is_one_of(who, self.state.global_permissions[permission], None)
        if project is None:
            return any(self.may(who, permission, one) for one in self.state.projects.values())
        return self.is_one_of(who, project.permissions.get(permission, []), project, issue)

    def sees_project(self, who: Person, project: Project) -> bool:
        """Browse Projects."""
        return self.may(who, "BROWSE_PROJECTS", project)

    def sees(self, who: Person, issue: Issue) -> bool:
        """Browse Projects, and the issue's security level."""
        project = self.state.projects[issue.project]
        if not self.sees_project(who, project):
            return False
        level = issue.values.get("security")
        if level is None:
            return True
        given: list[str] = next((one.more["to"] for one in project.levels if one.id == level), [])
        return self.is_one_of(who, given, project, issue)

    def sees_request(self, who: Person, issue: Issue) -> bool:
        """In the portal: the reporter, participants, and members of the organisations that it is shared with."""
        if self.sees(who, issue):
            return True
        if self.state.projects[issue.project].desk is None or issue.values.get("security") is not None:
            return False
        if who.name in (issue.values.get("reporter"), *issue.values.get("requestParticipants", [])):
            return True
        shared = issue.values.get("customfield_10002") or []
        return any(
            who.name in self.state.organizations[one]["members"] for one in shared if one in self.state.organizations
        )

    def sees_comment(self, who: Person, issue: Issue, comment: Comment) -> bool:
        """A comment for a role or a group is seen by those in it; an internal one by all who see the issue in Jira."""
        limit = comment.visibility
        if limit is None:
            return True
        project = self.state.projects[issue.project]
        return self.is_one_of(who, [f"{limit['type']}:{limit['value']}"], project)

    def issue(self, who: Person, id_or_key: str) -> Issue:
        """The issue, or 404."""
        found = self.state.issue_of(id_or_key)
        if found is None or not self.sees(who, found):
            raise no_issue()
        return found

    def need(self, who: Person, permission: str, issue: Issue, status: int = 403, message: str | None = None) -> None:
        """Refuses who has not this permission for an issue."""
        project = self.state.projects[issue.project]
        if project.archived:
            raise refused(403, f"The issue {issue.key} is archived, so it can't be changed.")
        if not self.may(who, permission, project, issue):
            name = NAMES[permission][1]
            raise refused(status, message or f"You do not have the permission '{name}' for the issue {issue.key}.")


def is_internal(project: Project, comment: Comment) -> bool:
    """Internal exists in service projects only, by the property `sd.public.comment`; a `visibility` does not make it
    so.
    """
    value = comment.properties.get("sd.public.comment")
    return project.desk is not None and isinstance(value, dict) and value.get("internal") in (True, "true")
