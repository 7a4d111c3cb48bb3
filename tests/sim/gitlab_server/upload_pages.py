"""`/projects/:id/uploads`: files for texts. The secret in the address guards them (docs: user_file_uploads)."""

from __future__ import annotations

import re
import secrets
from urllib.parse import quote

from common.wire import Answer, Request, Stop

from . import rights
from .entities import Entities, when
from .paging import page
from .params import Params, bad, number_in_path
from .world import Project, Upload, User, World

LONGEST = 100 * 1024 * 1024


class UploadPages:
    """The endpoints."""

    def __init__(self, world: World, show: Entities) -> None:
        self.world = world
        self.show = show

    def many(self, request: Request, user: User, project: Project) -> Answer:
        """POST: multipart, the part is named `file`. GET: maintainers and up."""
        if request.method == "POST":
            return self._new(request, user, project)
        if rights.level(self.world, user, project) < rights.MAINTAINER:
            raise rights.refuse(403, "Forbidden")
        rows = sorted(project.uploads, key=lambda one: -one.id)
        return page(
            request,
            Params(request),
            rows,
            lambda one: {
                "id": one.id,
                "size": len(one.content),
                "filename": one.filename,
                "created_at": when(one.created_at),
                "uploaded_by": {
                    "id": one.user,
                    "name": self.world.users[one.user].name,
                    "username": self.world.users[one.user].username,
                },
            },
        )

    def by_id(self, request: Request, user: User, project: Project, upload_id: str) -> Answer:
        """GET and DELETE: maintainers and up."""
        if rights.level(self.world, user, project) < rights.MAINTAINER:
            raise rights.refuse(403, "Forbidden")
        number = number_in_path("upload_id", upload_id)
        return self._one(request, project, next((one for one in project.uploads if one.id == number), None))

    def by_secret(self, request: Request, user: User, project: Project, secret: str, filename: str) -> Answer:
        """GET: guests and up (17.4). DELETE: maintainers and up."""
        if request.method == "DELETE" and rights.level(self.world, user, project) < rights.MAINTAINER:
            raise rights.refuse(403, "Forbidden")
        return self._one(
            request,
            project,
            next((one for one in project.uploads if (one.secret, one.filename) == (secret, filename)), None),
        )

    def web(self, request: Request, project: Project | None, secret: str, filename: str) -> Answer:
        """`/-/project/1/uploads/...` is for browsers: a token does not open it; a private project: the login."""
        if project is None or project.visibility != "public":
            return Answer(302, "", {"Location": f"{request.base}/users/sign_in"})
        return self._one(
            request,
            project,
            next((one for one in project.uploads if (one.secret, one.filename) == (secret, filename)), None),
        )

    def _new(self, request: Request, user: User, project: Project) -> Answer:
        try:
            part = next((part for part in request.parts() if part.name == "file" and part.filename is not None), None)
        except ValueError as problem:
            raise bad("file is missing") from problem
        if part is None:
            raise bad("file is missing")
        if len(part.content) > LONGEST:
            raise Stop(Answer(413, {"message": "413 Request Entity Too Large"}))
        made = Upload(
            self.world.next_id("upload"),
            secrets.token_hex(16),
            _clean(part.filename or ""),
            part.content,
            part.content_type,
            user.id,
            self.world.now(),
        )
        project.uploads.append(made)
        return Answer(201, self.show.upload(made, project))

    def _one(self, request: Request, project: Project, upload: Upload | None) -> Answer:
        if upload is None:
            raise rights.refuse(404, "Not found")
        if request.method == "DELETE":
            project.uploads.remove(upload)
            return Answer(204)
        return Answer(
            200,
            upload.content,
            {
                "Content-Type": upload.content_type,
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(upload.filename)}",
            },
        )


def _clean(name: str) -> str:
    """The last part of the path; what is not a letter, digit, dot, dash or underscore becomes an underscore."""
    return re.sub(r"[^\w.\-+]", "_", re.split(r"[/\\]", name)[-1]) or "_"
