/** The lists of the workflow site, read and written as the person himself. */
import type { Values } from '../forms/model';
import type { Act, Application, Catalogue, Listed, Origin, Row, Target } from './model';
import { formOf } from './address';
import { ListClient, quoted } from './listClient';
import { APPLY, applicationOf, catalogueOf, etagOf, type Item, listedItem, rowOf } from './rows';
import { isPacked, isRowsFile, pack, unpack, type Packed } from './rowsFiles';
import { expectOk, Refused } from './send';

const PRECONDITION_FAILED = 412;
/** Newest rows shown to their applicant; older ones are reached through the list itself. */
const ROWS = 100;
const ROW_FIELDS =
  'Id,Title,PFWorkflow,PFDefVersion,PFApplicantAction,PFPayload,PFNumber,PFApplicationUrl,PFStatus,PFRound,' +
  'PFIssues,PFApplyFor,PFOriginal,PFLink,Modified,AuthorId,AttachmentFiles/FileName';
const APPLICATION_FIELDS =
  'Id,PFNumber,PFStatus,PFStatusAt,PFStepName,PFStepToken,PFDueAt,PFScheduledAt,PFExpiresAt,PFSource,PFHistory,' +
  'PFExecResult,PFPayload,AttachmentFiles/FileName,AttachmentFiles/ServerRelativeUrl';
const LISTED_FIELDS = 'Id,Title,PFNumber,PFWorkflow,PFStatus,PFStatusAt';

export interface Draft {
  workflow: string;
  version: number;
  title: string;
  values: Values;
  /** Absent: what the row says about it stays. */
  origin?: Origin;
}

export class SharePointLists extends ListClient {
  public async catalogue(): Promise<Catalogue> {
    const path = `${this.list('PFDefinitions')}/items?$select=Id,Title,PFKind,PFDefVersion,PFBody&$top=1000`;
    return catalogueOf(await this.items(path));
  }

  /** The person's own rows, newest first. Owners can read everybody's, hence the comparison. */
  public async myRows(userId: number): Promise<Row[]> {
    const query =
      `?$select=${ROW_FIELDS}&$expand=AttachmentFiles&$filter=PFKind eq 'application'` +
      `&$orderby=Id desc&$top=${ROWS}`;
    const items = await this.items(`${this.list('PFInbox')}/items${query}`);
    return items.filter((item) => item.AuthorId === userId).map(rowOf);
  }

  /** Applications of which the person is the applicant, newest first, whoever wrote their rows. */
  public async appliedFor(userId: number): Promise<Listed[]> {
    const query = `?$select=${LISTED_FIELDS}&$filter=PFApplicantId eq ${userId}&$orderby=Id desc&$top=${ROWS}`;
    return this.inEvery(async (list) => {
      const items = await this.items(`${this.list(list)}/items${query}`);
      return items.map((item) => listedItem(list, item));
    });
  }

  /** The row, with the rows of its form also where they stand in files. */
  public async row(id: number): Promise<Row> {
    const row = await this.plainRow(id);
    if (!isPacked(row.values)) return row;
    return { ...row, values: await unpack(row.values, (file) => this.rowsOfFile(row.id, file)) };
  }

  public async createDraft(draft: Draft): Promise<Row> {
    const packed = await pack(draft.values);
    // Files need a row to be attached to.
    const first = packed.files.length > 0 ? '{}' : packed.payload;
    const reply = await this.post(`${this.list('PFInbox')}/items`, { PFKind: 'application', ...columns(draft, first) });
    const item = (await reply.json()) as Item;
    const row = await this.row((item.Id ?? item.ID) as number);
    return packed.files.length > 0 ? this.saveDraft(row, draft) : row;
  }

  /** Rejects with status 412 if the row changed since `row` was read. */
  public async saveDraft(row: Row, draft: Draft): Promise<Row> {
    const packed = await pack(draft.values);
    const beside = await this.putBeside(row, packed);
    await this.change(beside, { ...columns(draft, packed.payload), PFApplicantAction: null });
    return this.withoutOld(await this.row(row.id), packed);
  }

  /** What is applied for is what this one write carries. The row must not be applied already. */
  public async apply(row: Row, draft: Draft): Promise<Row> {
    const packed = await pack(draft.values);
    const beside = await this.putBeside(row, packed);
    await this.change(beside, { ...columns(draft, packed.payload), PFApplicantAction: APPLY });
    return this.row(row.id);
  }

  /** 取消申請: a row that asks nothing but to undo the application of this number. */
  public async undo(workflow: string, version: number, original: string): Promise<void> {
    const origin: Origin = { original, link: '取消申請' };
    const draft = { workflow, version, title: `取消申請 ${original}`, values: {}, origin };
    const fields = { PFKind: 'application', ...columns(draft, '{}'), PFApplicantAction: APPLY };
    await this.post(`${this.list('PFInbox')}/items`, fields);
  }

  /** Hands in once more what the row holds. */
  public async applyAgain(row: Row): Promise<void> {
    await this.change(row, { PFApplicantAction: APPLY });
  }

  /** An act is a row of its own: the application itself cannot be edited by its applicant. */
  public async act(target: Target, action: Act, comment: string): Promise<void> {
    await this.ask(action, target.number, target.stepToken, { PFDecisionComment: comment });
  }

  /** 再申請 of an application whose form lies in somebody else's row: the act carries the form. */
  public async resubmit(number: string, values: Values): Promise<void> {
    await this.ask('再申請', number, '', { PFPayload: JSON.stringify(values) });
  }

  /** One after another: SharePoint refuses parallel additions to one row. */
  public async attach(row: Row, files: File[]): Promise<Row> {
    for (const file of files) {
      const path = `${this.list('PFInbox')}/items(${row.id})/AttachmentFiles/add(FileName='${quoted(file.name)}')`;
      await expectOk(this.send, { method: 'POST', path, body: file });
    }
    return this.row(row.id);
  }

  public async detach(row: Row, fileName: string): Promise<Row> {
    await this.takeOff(row, fileName);
    return this.row(row.id);
  }

  private async takeOff(row: Row, fileName: string): Promise<void> {
    const path = `${this.list('PFInbox')}/items(${row.id})/AttachmentFiles/getByFileName('${quoted(fileName)}')`;
    await expectOk(this.send, {
      method: 'POST',
      path,
      headers: { 'X-HTTP-Method': 'DELETE', 'IF-MATCH': '*' }
    });
  }

  /** The item at the address that a row names, in whichever list; rejects where the person cannot read it. */
  public async application(url: string): Promise<Application | undefined> {
    const form = formOf(url);
    if (!form) return undefined;
    const path = `${this.list(form.list)}/items(${form.item})?$select=${APPLICATION_FIELDS}&$expand=AttachmentFiles`;
    return applicationOf(await this.one(path));
  }

  private async plainRow(id: number): Promise<Row> {
    const path = `${this.list('PFInbox')}/items(${id})?$select=${ROW_FIELDS}&$expand=AttachmentFiles`;
    const reply = await expectOk(this.send, { method: 'GET', path });
    const item = (await reply.json()) as Item;
    return { ...rowOf(item), etag: reply.header('ETag') || etagOf(item) };
  }

  private async rowsOfFile(id: number, file: string): Promise<unknown> {
    const reply = await expectOk(this.send, { method: 'GET', path: this.fileOf('PFInbox', id, file) });
    return reply.json();
  }

  /** Attaches the files of the rows. Each makes a version of the row; whatever else happened to it is a conflict. */
  private async putBeside(row: Row, packed: Packed): Promise<Row> {
    const missing = packed.files.filter((file) => !row.files.includes(file.name));
    if (missing.length === 0) return row;
    const now = await this.plainRow(row.id);
    if (now.etag !== row.etag) throw new Refused(PRECONDITION_FAILED, 'the row');
    await this.attach(row, missing.map((file) => new File([file.content], file.name, { type: 'application/json' })));
    return this.plainRow(row.id);
  }

  /** Takes off the rows that an earlier draft was saved with. */
  private async withoutOld(row: Row, packed: Packed): Promise<Row> {
    const wanted = packed.files.map((file) => file.name);
    const old = row.files.filter((name) => isRowsFile(name) && !wanted.includes(name));
    for (const name of old) await this.takeOff(row, name);
    return old.length > 0 ? this.row(row.id) : row;
  }

  private async change(row: Row, fields: Item): Promise<void> {
    const headers = { 'X-HTTP-Method': 'MERGE', 'IF-MATCH': row.etag };
    await this.post(`${this.list('PFInbox')}/items(${row.id})`, fields, headers);
  }
}

function columns(draft: Draft, payload: string): Item {
  return {
    Title: draft.title,
    PFWorkflow: draft.workflow,
    PFDefVersion: draft.version,
    PFPayload: payload,
    ...(draft.origin ? originColumns(draft.origin) : {})
  };
}

function originColumns({ applyFor, original, link }: Origin): Item {
  return { PFApplyFor: applyFor || null, PFOriginal: original || null, PFLink: link || null };
}
