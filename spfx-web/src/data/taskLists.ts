/** What waits for the person's decision: read from the lists, and decided in them, as the person himself. */
import type { Form } from './address';
import { ListClient, quoted } from './listClient';
import { number, text } from './rows';
import {
  editableOf, openedOf, outcomeOf, targetsOf, taskOf,
  type Choice, type Editable, type Opened, type Outcome, type Target, type Task
} from './tasks';

/** Open items of one list that a person is shown. */
const ROWS = 500;
const WAITING = "(PFStatus eq 'IA' or PFStatus eq 'HO' or PFStatus eq 'MW')";
const TASK_FIELDS =
  'Id,Title,PFNumber,PFWorkflow,PFDefVersion,PFStatus,PFStepNo,PFStepName,PFStepToken,PFDueAt,PFRequestedAt,' +
  'PFAssigneesId,PFApplicant/Title';
const OPENED_FIELDS =
  `${TASK_FIELDS},PFSummary,PFPreview,PFHistory,PFPayload,AttachmentFiles/FileName,AttachmentFiles/ServerRelativeUrl`;

export interface Decision {
  number: string;
  /** The step that was seen. */
  stepToken: string;
  choice: Choice;
  comment: string;
  /** Key of an earlier step; empty: the applicant. */
  sendBackTo: string;
}

/** 操作 beside votes. */
export interface TaskAct {
  action: string;
  number: string;
  /** The step that was seen. */
  stepToken: string;
  /** Key of the step that shows it to the person, where it is about that. */
  step: string;
  /** Who takes it over. */
  to: string;
  comment: string;
}

/** 修正: changed fields alone; one without a value is emptied. */
export interface Correction {
  number: string;
  /** The step that was seen. */
  stepToken: string;
  changes: Record<string, unknown>;
  comment: string;
}

/** The column's JSON: null empties a field. */
export function correctionText(changes: Record<string, unknown>): string {
  return JSON.stringify(changes, (_, value: unknown) => value ?? null);
}

export class TaskLists extends ListClient {
  /** The person's open tasks, oldest first. He sees no item that he has no right to. */
  public async open(userId: number): Promise<Task[]> {
    const query = `?$select=${TASK_FIELDS}&$expand=PFApplicant&$filter=${WAITING}&$top=${ROWS}`;
    const found = await this.inEvery((list) => this.tasks(list, query));
    return found.filter((task) => task.assignees.includes(userId));
  }

  public async task(form: Form): Promise<Opened> {
    const fields = `?$select=${OPENED_FIELDS}&$expand=PFApplicant,AttachmentFiles`;
    return openedOf(form.list, await this.one(`${this.list(form.list)}/items(${form.item})${fields}`));
  }

  /** The item of an application, waiting or not; nothing where the person may not see it. */
  public async find(applicationNumber: string): Promise<Form | undefined> {
    const query = `?$select=${TASK_FIELDS}&$expand=PFApplicant&$filter=PFNumber eq '${quoted(applicationNumber)}'`;
    const found = await this.inEvery((list) => this.tasks(list, query));
    return found[0]?.form;
  }

  /** Earlier steps to which the task may be sent back. */
  public async targets(task: Task): Promise<Target[]> {
    return targetsOf(await this.pinned(task), task.stepNo);
  }

  /** What the task's step lets be changed. */
  public async editable(task: Task): Promise<Editable | undefined> {
    return editableOf(await this.pinned(task), task.stepNo);
  }

  /** Writes the decision; the number of its row. It counts once the service has read it. */
  public async decide(decision: Decision): Promise<number> {
    return this.ask('判断', decision.number, decision.stepToken, {
      PFDecision: decision.choice,
      PFDecisionComment: decision.comment,
      PFSendBackTo: decision.sendBackTo
    });
  }

  /** Asks for something that is no vote; the number of its row. */
  public async act(act: TaskAct): Promise<number> {
    return this.ask(act.action, act.number, act.stepToken, {
      PFActStep: act.step,
      PFActTo: act.to,
      PFDecisionComment: act.comment
    });
  }

  /** Asks for changes to the form; the number of its row. */
  public async correct({ number, stepToken, changes, comment }: Correction): Promise<number> {
    return this.ask('修正', number, stepToken, { PFPayload: correctionText(changes), PFDecisionComment: comment });
  }

  public async outcome(row: number): Promise<Outcome> {
    return outcomeOf(await this.one(`${this.list('PFInbox')}/items(${row})?$select=Id,PFStatus,PFIssues`));
  }

  /** The definition by which the task runs; empty where it is not shown. */
  private async pinned(task: Task): Promise<string> {
    const query = `?$select=Id,Title,PFDefVersion,PFBody&$filter=Title eq '${quoted(task.workflow)}'&$top=100`;
    const rows = await this.items(`${this.list('PFDefinitions')}/items${query}`);
    const pinned = rows.find((row) => number(row, 'PFDefVersion') === task.version);
    return pinned ? text(pinned, 'PFBody') : '';
  }

  private async tasks(list: string, query: string): Promise<Task[]> {
    const items = await this.items(`${this.list(list)}/items${query}`);
    return items.map((item) => taskOf(list, item));
  }
}
