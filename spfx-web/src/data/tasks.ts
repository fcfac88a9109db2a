/** Between items of the lists of applications and what an approver is asked. Pure. */
import { fieldsOf, type Schema } from '../forms/model';
import type { Form } from './address';
import { changesOf, type Change } from './changes';
import type { Attached, Listed, Status } from './model';
import { attachedTo, knownStatus, number, parsed, text, type Item } from './rows';

/** 判断 as the lists know it. */
export type Choice = '承認' | '承認終了' | '差戻し' | '却下' | '保留' | '確認';

/** An application that waits for somebody, as its item shows it. */
export interface Task {
  form: Form;
  number: string;
  title: string;
  applicant: string;
  workflow: string;
  version: number;
  status: Status;
  /** 1 for the first step; 0 where nobody is asked. */
  stepNo: number;
  stepName: string;
  stepToken: string;
  dueAt: string;
  requestedAt: string;
  /** Numbers of people in this site. */
  assignees: number[];
}

/** Everything that an approver must see before he decides. */
export interface Opened extends Task {
  /** What was applied for: label and value. */
  summary: [string, string][];
  changes: Change[];
  history: string;
  files: Attached[];
  /** The sealed form, as the item carries it. */
  payload: string;
}

/** What the backend knows beyond the item. */
export interface Standing {
  /** Of the step that is asked; empty where nobody is. */
  token: string;
  /** Object id of whoever put the step on hold; empty: nobody. */
  heldBy: string;
  assignees: string[];
  /** What the person may do now, in the backend's words; absent where it does not say. */
  acts?: string[];
  /** What waits for him to look at it, oldest first. */
  notices?: Notice[];
}

/** A circulation, or a post-review, which may be objected to. */
export interface Notice {
  key: string;
  kind: string;
}

/** An earlier step to which a step may send back. */
export interface Target {
  key: string;
  title: { ja: string; en: string };
}

/** The form of a step, and keys of the fields that those asked may change. */
export interface Editable {
  form: Schema;
  keys: string[];
}

/** What became of a decision that was written. */
export type Outcome = { kind: 'waiting' } | { kind: 'recorded'; status?: Status } | { kind: 'notCounted'; code: string };

export function taskOf(list: string, item: Item): Task {
  const assignees = item.PFAssigneesId;
  const ids = Array.isArray(assignees) ? assignees : ((assignees as Item | undefined)?.results ?? []);
  return {
    form: { list, item: number(item, 'Id') || number(item, 'ID') },
    number: text(item, 'PFNumber'),
    title: text(item, 'Title'),
    applicant: text((item.PFApplicant ?? {}) as Item, 'Title'),
    workflow: text(item, 'PFWorkflow'),
    version: number(item, 'PFDefVersion'),
    status: knownStatus(item.PFStatus) ?? 'IA',
    stepNo: number(item, 'PFStepNo'),
    stepName: text(item, 'PFStepName'),
    stepToken: text(item, 'PFStepToken'),
    dueAt: text(item, 'PFDueAt'),
    requestedAt: text(item, 'PFRequestedAt'),
    assignees: ids as number[]
  };
}

export function openedOf(list: string, item: Item): Opened {
  return {
    ...taskOf(list, item),
    summary: factsOf(text(item, 'PFSummary')),
    changes: changesOf(lines(text(item, 'PFPreview'))),
    history: text(item, 'PFHistory'),
    files: attachedTo(item),
    payload: text(item, 'PFPayload')
  };
}

/** States in which it is the applicant's own again. */
const BACK: Status[] = ['SB', 'PB'];

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter(Boolean);
}

/** Of a value of several lines, the service sets all but the first back by two wide blanks. */
function factsOf(summary: string): [string, string][] {
  const facts = summary.split(/\r?\n(?!\u3000\u3000)/).filter(Boolean);
  return facts.map((fact) => pair(fact.replace(/\r?\n\u3000\u3000/g, '\n')));
}

/** `label: value`, as the service writes a summary. */
function pair(line: string): [string, string] {
  const at = line.indexOf(': ');
  return at < 0 ? ['', line] : [line.slice(0, at), line.slice(at + 2)];
}

/**
 * What waits for the person's decision. The backend's listing, where there is one, is the newer truth: what it does not
 * name waits no longer, and what only it names is not shown to him by its list yet. It also names his own
 * applications that came back to him; those are no decisions.
 */
export function waiting(tasks: Task[], listed?: Listed[]): { tasks: Task[]; others: Listed[] } {
  if (!listed) return { tasks, others: [] };
  const named = new Set(listed.map((one) => one.number));
  const shown = new Set(tasks.map((task) => task.number));
  return {
    tasks: tasks.filter((task) => named.has(task.number)),
    others: listed.filter((one) => !BACK.includes(one.status) && !shown.has(one.number))
  };
}

interface Definition {
  form?: Schema;
  steps?: {
    key?: string;
    title?: { ja?: string; en?: string };
    kind?: { approval?: { sendBack?: string; editable?: string[] } };
  }[];
}

/** Where a step of a definition may send back to, besides the applicant; nothing where the definition says otherwise. */
export function targetsOf(body: string, stepNo: number): Target[] {
  const steps = parsed<Definition>(body)?.steps;
  const step = Array.isArray(steps) ? steps[stepNo - 1]?.kind?.approval : undefined;
  if (!steps || !step || (step.sendBack ?? 'applicantOrEarlier') !== 'applicantOrEarlier') return [];
  const earlier = steps.slice(0, stepNo - 1).filter((one) => one.kind?.approval);
  return earlier.map(({ key = '', title }) => ({
    key,
    title: { ja: title?.ja ?? key, en: title?.en ?? key }
  }));
}

/** What a step of a definition lets be changed; nothing where it lets nothing be changed. */
export function editableOf(body: string, stepNo: number): Editable | undefined {
  const definition = parsed<Definition>(body);
  const form = definition?.form;
  if (!Array.isArray(form?.sections) || !Array.isArray(definition?.steps)) return undefined;
  const allowed = definition.steps[stepNo - 1]?.kind?.approval?.editable ?? [];
  const keys = fieldsOf(form).map((field) => field.key).filter((key) => allowed.includes(key));
  return keys.length > 0 ? { form, keys } : undefined;
}

/** What the row of a decision says about itself. */
export function outcomeOf(row: Item): Outcome {
  const issues = parsed<{ code?: string }[]>(text(row, 'PFIssues'));
  if (Array.isArray(issues) && issues.length > 0) return { kind: 'notCounted', code: issues[0].code ?? '' };
  if (text(row, 'PFStatus')) return { kind: 'recorded', status: knownStatus(row.PFStatus) };
  return { kind: 'waiting' };
}
