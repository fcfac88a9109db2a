/** Between list items and what they mean. Pure. */
import type { Issue, Label, Master, Masters, Schema, Values } from '../forms/model';
import type { Application, Attached, Catalogue, Link, Listed, Origin, Row, Status, Workflow } from './model';

export type Item = Record<string, unknown>;

const STATUSES = 'DR SU IA SB PB HO AP EX MW RV CO PC FA RJ WD EP CA'.split(' ') as Status[];
export const APPLY = '申請';

export function text(item: Item, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}

export function number(item: Item, name: string): number {
  const value = item[name];
  return typeof value === 'number' ? value : 0;
}

export function parsed<T>(json: string): T | undefined {
  try {
    return JSON.parse(json) as T;
  } catch {
    return undefined;
  }
}

export function valuesOf(payload: string): Values {
  const values = parsed<Values>(payload);
  return values && typeof values === 'object' && !Array.isArray(values) ? values : {};
}

/** Two spellings of the list's JSON name the entity tag, by OData version. */
export function etagOf(item: Item): string {
  return text(item, '@odata.etag') || text(item, 'odata.etag');
}

export function knownStatus(code: unknown): Status | undefined {
  return STATUSES.find((known) => known === code);
}

function statusOf(item: Item, applied: boolean): Status {
  const status = knownStatus(item.PFStatus) ?? 'DR';
  return applied && status === 'DR' ? 'SU' : status;
}

/** Whether the applicant may still change the row: once handed in it is his again when the app empties the action. */
function isEditable(status: Status, applied: boolean): boolean {
  return !applied && (status === 'DR' || status === 'SB' || status === 'PB');
}

const LINKS: Link[] = ['取消申請', '変更申請', '更新申請'];

function originOf(item: Item): Origin {
  return {
    applyFor: text(item, 'PFApplyFor') || undefined,
    original: text(item, 'PFOriginal') || undefined,
    link: LINKS.find((link) => link === item.PFLink)
  };
}

export function rowOf(item: Item): Row {
  const payload = text(item, 'PFPayload');
  const applied = item.PFApplicantAction === APPLY;
  const status = statusOf(item, applied);
  const files = Array.isArray(item.AttachmentFiles) ? (item.AttachmentFiles as Item[]) : [];
  return {
    id: number(item, 'Id') || number(item, 'ID'),
    etag: etagOf(item),
    title: text(item, 'Title'),
    workflow: text(item, 'PFWorkflow'),
    version: number(item, 'PFDefVersion'),
    values: valuesOf(payload),
    payload,
    number: text(item, 'PFNumber'),
    applicationUrl: text(item, 'PFApplicationUrl'),
    status,
    round: number(item, 'PFRound'),
    issues: parsed<Issue[]>(text(item, 'PFIssues')) ?? [],
    editable: isEditable(status, applied),
    modified: text(item, 'Modified'),
    files: files.map((file) => text(file, 'FileName')),
    origin: originOf(item)
  };
}

/** An item of the list `list` of applications, as a line of a listing. */
export function listedItem(list: string, item: Item): Listed {
  return {
    number: text(item, 'PFNumber'),
    workflow: text(item, 'PFWorkflow'),
    status: statusOf(item, true),
    changed: text(item, 'PFStatusAt'),
    url: `/Lists/${list}/DispForm.aspx?ID=${number(item, 'Id') || number(item, 'ID')}`,
    title: text(item, 'Title')
  };
}

/** The files of an item of which they were asked for. */
export function attachedTo(item: Item): Attached[] {
  const files = Array.isArray(item.AttachmentFiles) ? (item.AttachmentFiles as Item[]) : [];
  return files.map((file) => ({ name: text(file, 'FileName'), url: text(file, 'ServerRelativeUrl') }));
}

export function applicationOf(item: Item): Application {
  return {
    number: text(item, 'PFNumber'),
    status: statusOf(item, true),
    statusAt: text(item, 'PFStatusAt'),
    stepName: text(item, 'PFStepName'),
    stepToken: text(item, 'PFStepToken'),
    dueAt: text(item, 'PFDueAt'),
    scheduledAt: text(item, 'PFScheduledAt'),
    expiresAt: text(item, 'PFExpiresAt'),
    source: text(item, 'PFSource'),
    history: text(item, 'PFHistory'),
    events: [],
    result: text(item, 'PFExecResult'),
    files: attachedTo(item),
    payload: text(item, 'PFPayload')
  };
}

interface WorkflowBody {
  title: Label;
  description?: Label;
  form: Schema;
  applyFor?: Workflow['applyFor'];
  execution?: {
    plan?: Partial<Record<'rows' | 'group' | 'list' | 'mailbox' | 'contact', string>>;
    end?: Workflow['end'];
  };
}

function workflowOf(item: Item): Workflow | undefined {
  const body = parsed<WorkflowBody>(text(item, 'PFBody'));
  if (!body?.title?.ja || !Array.isArray(body.form?.sections)) return undefined;
  const { title, description, form, applyFor } = body;
  const plan = body.execution?.plan;
  const ofRows = plan?.rows !== undefined;
  const subject = plan?.group ?? plan?.list ?? plan?.mailbox ?? plan?.contact;
  const [key, version] = [text(item, 'Title'), number(item, 'PFDefVersion')];
  return { key, version, title, description, form, applyFor, ofRows, subject, end: body.execution?.end };
}

/** The definitions list as a catalogue: of each workflow the newest version. */
export function catalogueOf(items: Item[]): Catalogue {
  const masters: Masters = {};
  const workflows = new Map<string, Workflow>();
  const broken: string[] = [];
  for (const item of items) {
    if (item.PFKind === 'master') {
      const master = parsed<Master>(text(item, 'PFBody'));
      if (master && Array.isArray(master.options)) masters[text(item, 'Title')] = master;
      else broken.push(text(item, 'Title'));
      continue;
    }
    const workflow = workflowOf(item);
    if (!workflow) broken.push(text(item, 'Title'));
    else if ((workflows.get(workflow.key)?.version ?? -1) < workflow.version) workflows.set(workflow.key, workflow);
  }
  return { workflows: Array.from(workflows.values()), masters, broken };
}
