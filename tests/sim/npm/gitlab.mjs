// gitlab.mjs URL TOKEN - does with @gitbeaker/rest what a bridge does, and prints what came of it as JSON.
import { createRequire } from 'node:module';

const tools = new URL('../../../.work/sim-tools/package.json', import.meta.url);
const { Gitlab } = createRequire(tools)('@gitbeaker/rest');
const [host, token] = process.argv.slice(2);
const api = new Gitlab({ host, token });
const told = {};

told.user = (await api.Users.showCurrentUser()).username;
const project = await api.Projects.show('support/desk');
told.project = project.id;

const issue = await api.Issues.create(project.id, 'Skriver «3» svarer ikke', {
  description: 'key brokey777', labels: 'bug,status::to do', confidential: false,
});
told.created = [issue.iid, issue.title, issue.labels];
for (let number = 0; number < 24; number += 1) await api.Issues.create(project.id, `Case ${number}`);

const all = await api.Issues.all({ projectId: project.id, perPage: 10, orderBy: 'created_at', sort: 'asc' });
told.paged = all.length;
const found = await api.Issues.all({ projectId: project.id, search: 'brokey777', in: 'description' });
told.found = found.map((one) => one.iid);

const closed = await api.Issues.edit(project.id, issue.iid, { stateEvent: 'close', addLabels: 'status::done' });
told.closed = [closed.state, closed.labels];
const note = await api.IssueNotes.create(project.id, issue.iid, 'Only for us', { internal: true });
told.internal = note.internal;
await api.IssueNotes.edit(project.id, issue.iid, note.id, { body: 'Only for us two' });
told.notes = (await api.IssueNotes.all(project.id, issue.iid, { sort: 'asc' })).map((one) => one.body);
const commands = await api.IssueNotes.create(project.id, issue.iid, '/reopen', { showExpanded: true });
told.commands = [commands.status, commands.data.summary];

const upload = await api.ProjectMarkdownUploads.create(project.id, { content: new Blob(['hei']), filename: 'logg.txt' });
told.upload = upload.markdown.replace(/[0-9a-f]{32}/, 'SECRET');
const link = await api.IssueLinks.create(project.id, issue.iid, project.id, 2, { linkType: 'blocks' });
told.link = link.link_type;
told.linked = (await api.IssueLinks.all(project.id, 2)).map((one) => [one.iid, one.link_type]);
told.labelEvents = (await api.IssueLabelEvents.all(project.id, issue.iid)).map((one) => `${one.action} ${one.label.name}`);
told.stateEvents = (await api.IssueStateEvents.all(project.id, issue.iid)).map((one) => one.state);
told.members = (await api.ProjectMembers.all(project.id, { includeInherited: true })).map((one) => one.username).sort();

const hook = await api.ProjectHooks.add(project.id, 'http://127.0.0.1:9/hook', { issuesEvents: true, pushEvents: false, token: 'x' });
told.hook = [hook.issues_events, hook.push_events, hook.token_present];
const milestone = await api.ProjectMilestones.create(project.id, '3.0');
told.milestone = (await api.ProjectMilestones.edit(project.id, milestone.id, { stateEvent: 'close' })).state;
const moved = await api.Issues.move(project.id, 2, 2);
told.moved = [moved.project_id, moved.iid, (await api.Issues.show(2, { projectId: project.id })).moved_to_id === moved.id];
await api.IssueNotes.remove(project.id, issue.iid, note.id);
told.left = (await api.IssueNotes.all(project.id, issue.iid)).filter((one) => !one.system).length;
told.missing = await api.Issues.show(4711, { projectId: project.id }).catch((refused) => refused.cause.response.status);

console.log(JSON.stringify(told));
