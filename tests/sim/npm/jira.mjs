// jira.mjs URL - does with jira.js (Cloud) what a bridge does, and prints what came of it as JSON.
// jira.js holds each answer against its own schema of it: what does not fit stands in `mismatches`.
const tools = new URL('../../../.work/sim-tools/node_modules/jira.js/dist/', import.meta.url);
const { createCloudClient } = await import(new URL('index.js', tools));
const { createServiceDeskClient } = await import(new URL('serviceDesk/index.js', tools));
const { createClient } = await import(new URL('core/index.js', tools));

const [host] = process.argv.slice(2);
const told = { mismatches: [] };
const onSchemaMismatch = (report) => told.mismatches.push(report);
const client = (email, apiToken) => createClient({ host, auth: { type: 'basic', email, apiToken }, onSchemaMismatch });
const agent = client('saksbro@example.com', 'agent-token');
const jira = createCloudClient(agent);
const desk = createServiceDeskClient(agent);
const admin = createCloudClient(client('admin@example.com', 'admin-token'));
const doc = (text) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
const status = async (promise) => promise.then(() => 'done', (error) => error.status);

await jira.serverInfo.getServerInfo(); // the caller has ordered an answer of another shape for this one
told.noticed = told.mismatches.splice(0).length;
told.info = (await jira.serverInfo.getServerInfo()).deploymentType;
told.me = (await jira.myself.getCurrentUser()).timeZone;
told.may = Object.entries((await jira.permissions.getMyPermissions({ projectKey: 'OPS', permissions: 'CREATE_ISSUES,DELETE_ISSUES' })).permissions)
  .map(([name, one]) => [name, one.havePermission]);

const made = await jira.issues.createIssue({
  fields: { project: { key: 'OPS' }, issuetype: { name: 'Bug' }, summary: 'Skriver «3» svarer ikke', description: doc('It smokes'), labels: ['bro-0f3c'] },
  properties: [{ key: 'bro', value: { case: 'S-1' } }],
});
told.made = made.key;
told.property = (await jira.issueProperties.getIssueProperty({ issueIdOrKey: made.key, propertyKey: 'bro' })).value;
for (let number = 0; number < 6; number += 1) {
  await jira.issues.createIssue({ fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: `Case ${number}` } });
}

told.paged = [];
let nextPageToken;
do {
  const page = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql: 'project = OPS ORDER BY key ASC', maxResults: 3, fields: ['summary'], nextPageToken });
  told.paged.push(page.issues.map((one) => one.key));
  nextPageToken = page.nextPageToken;
} while (nextPageToken);
const found = await jira.issueSearch.searchAndReconsileIssuesUsingJql({ jql: 'labels = "bro-0f3c"', fields: ['labels', 'status'] });
told.found = found.issues.map((one) => one.key);
told.count = (await jira.issueSearch.countIssues({ jql: 'project = OPS' })).count;

await jira.issues.editIssue({ issueIdOrKey: made.key, update: { labels: [{ add: 'urgent' }] }, fields: { priority: { name: 'High' }, customfield_10022: { value: 'Minor' } } });
const person = (await jira.userSearch.findUsers({ query: 'kari' }))[0];
await jira.issues.assignIssue({ issueIdOrKey: made.key, accountId: person.accountId });
const steps = await jira.issues.getTransitions({ issueIdOrKey: made.key, expand: 'transitions.fields' });
told.steps = steps.transitions.map((one) => [one.name, one.to.name, Object.entries(one.fields ?? {}).filter(([, field]) => field.required).map(([name]) => name)]);
told.refused = await status(jira.issues.doTransition({ issueIdOrKey: made.key, transition: { id: '5' } }));
await jira.issues.doTransition({ issueIdOrKey: made.key, transition: { id: '5' }, fields: { resolution: { name: 'Done' } } });

const comment = await jira.issueComments.addComment({ issueIdOrKey: made.key, body: doc('one') });
await jira.issueComments.updateComment({ issueIdOrKey: made.key, id: comment.id, body: { body: doc('two') } });
told.comments = (await jira.issueComments.getComments({ issueIdOrKey: made.key })).comments.map((one) => [one.body.content[0].content[0].text, one.jsdPublic]);
await jira.issueComments.deleteComment({ issueIdOrKey: made.key, id: comment.id });

const files = await jira.issueAttachments.addAttachment({ issueIdOrKey: made.key, attachments: { filename: 'røyk.txt', content: new Blob(['hello'], { type: 'text/plain' }) } });
told.files = files.map((one) => [one.filename, one.size]);
told.file = (await jira.issueAttachments.getAttachment({ id: files[0].id })).mimeType;
await jira.issueLinks.linkIssues({ type: { name: 'Relates' }, inwardIssue: { key: made.key }, outwardIssue: { key: 'OPS-2' } });
const link = { issueIdOrKey: made.key, globalId: 'system=bro&id=1', object: { url: 'https://x.example/1', title: 'INC1' } };
await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink(link);
await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({ ...link, object: { ...link.object, title: 'INC1: closed' } });

const issue = await jira.issues.getIssue({ issueIdOrKey: made.key, expand: 'changelog' });
told.issue = [issue.fields.status.name, issue.fields.resolution.name, issue.fields.assignee.displayName, issue.fields.labels, issue.fields.issuelinks.length, issue.fields.attachment.length];
told.log = issue.changelog.histories.map((one) => one.items.map((item) => item.field)).flat().reverse();
told.logs = (await jira.issues.getChangeLogs({ issueIdOrKey: made.key, maxResults: 2 })).values.length;
told.bulkLogs = (await jira.issues.getBulkChangelogs({ issueIdsOrKeys: [made.key, 'OPS-2'], fieldIds: ['status'] })).issueChangeLogs.length;
told.bulk = (await jira.issues.bulkFetchIssues({ issueIdsOrKeys: ['OPS-2', '99999', made.key], fields: ['summary'] })).issues.map((one) => one.key);
told.creates = (await jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: 'OPS', issueTypeId: '10001' })).fields.filter((one) => one.required).map((one) => one.fieldId);
told.edits = Object.keys((await jira.issues.getEditIssueMeta({ issueIdOrKey: made.key })).fields).length > 5;
told.versions = (await jira.projectVersions.getProjectVersions({ projectIdOrKey: 'OPS' })).map((one) => [one.name, one.released]);
told.roles = Object.keys(await jira.projectRoles.getProjectRoles({ projectIdOrKey: 'OPS' }));
told.members = (await jira.groups.getUsersFromGroup({ groupname: 'third-line' })).values.map((one) => one.displayName);
told.project = (await jira.projects.getProject({ projectIdOrKey: 'SUP' })).projectTypeKey;
told.projects = (await jira.projects.searchProjects()).values.map((one) => one.key);

const request = await desk.request.createCustomerRequest({ serviceDeskId: '1', requestTypeId: '1', requestFieldValues: { summary: 'No mail', description: 'since noon' } });
told.request = [request.issueKey, request._links.web.replace(host, ''), request.currentStatus.status];
await desk.request.createRequestComment({ issueIdOrKey: request.issueKey, body: 'between us', public: false });
await desk.request.createRequestComment({ issueIdOrKey: request.issueKey, body: 'to you', public: true });
told.requestComments = (await desk.request.getRequestComments({ issueIdOrKey: request.issueKey })).values.map((one) => [one.body, one.public]);
told.desks = (await desk.servicedesk.getServiceDesks()).values.map((one) => one.projectKey);
told.types = (await desk.servicedesk.getRequestTypes({ serviceDeskId: '1' })).values.map((one) => one.name);
told.organizations = (await desk.organization.getOrganizations({})).values.map((one) => one.name);
told.statuses = (await desk.request.getCustomerRequestStatus({ issueIdOrKey: request.issueKey })).values.map((one) => one.status);

told.hooks = await status(jira.webhooks.getDynamicWebhooksForApp());
told.forbidden = await status(jira.issues.deleteIssue({ issueIdOrKey: made.key }));
await admin.issues.deleteIssue({ issueIdOrKey: made.key });
told.gone = await status(jira.issues.getIssue({ issueIdOrKey: made.key }));
console.log(JSON.stringify(told));
