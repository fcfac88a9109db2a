import { SharePointLists, type Draft } from '../../data/sharePoint';
import type { Item } from '../../data/rows';
import type { Call, Reply, Send } from '../../data/send';
import { save } from '../form/save';

/** One row as SharePoint keeps it: a write with an old entity tag is refused. */
class OneRow {
  public version = 1;
  public fields: Item = { Id: 1, AuthorId: 5, EditorId: 5, PFPayload: '{"a":"1","b":"1"}' };
  public calls: Call[] = [];

  public readonly send: Send = async (call) => {
    this.calls.push(call);
    if (call.method === 'GET') return reply(200, this.fields, this.etag);
    if (call.headers?.['IF-MATCH'] && call.headers['IF-MATCH'] !== this.etag) return reply(412, {}, this.etag);
    this.write(JSON.parse(call.body as string));
    return reply(204, this.fields, this.etag);
  };

  public get etag(): string {
    return `"guid,${this.version}"`;
  }

  public write(fields: Item): void {
    this.fields = { ...this.fields, ...fields };
    this.version++;
  }
}

function reply(status: number, body: Item, etag: string): Reply {
  return { status, header: (name) => (name === 'ETag' ? etag : undefined), json: async () => body };
}

function draft(values: Draft['values']): Draft {
  return { workflow: 'w', version: 1, title: 't', values };
}

describe('saving a draft', () => {
  it('writes with the entity tag that was read', async () => {
    const server = new OneRow();
    const lists = new SharePointLists(server.send, '/sites/flow');
    const saved = await save(lists, await lists.row(1), draft({ a: '2', b: '1' }));
    expect(saved).toMatchObject({ kind: 'saved', merged: false, row: { values: { a: '2' }, etag: '"guid,2"' } });
    expect(server.calls[1].path).toContain("GetList('%2Fsites%2Fflow%2FLists%2FPFInbox')/items(1)");
  });

  it('brings both windows together where they changed different fields', async () => {
    const server = new OneRow();
    const lists = new SharePointLists(server.send, '/sites/flow');
    const row = await lists.row(1);
    server.write({ PFPayload: '{"a":"1","b":"theirs"}' });
    const saved = await save(lists, row, draft({ a: 'mine', b: '1' }));
    expect(saved).toMatchObject({ kind: 'saved', merged: true, row: { values: { a: 'mine', b: 'theirs' } } });
  });

  it('writes nothing where both windows changed one field, and keeps both for the person', async () => {
    const server = new OneRow();
    const lists = new SharePointLists(server.send, '/sites/flow');
    const row = await lists.row(1);
    server.write({ PFPayload: '{"a":"theirs","b":"1"}' });
    const saved = await save(lists, row, draft({ a: 'mine', b: '1' }));
    expect(saved).toMatchObject({ kind: 'conflict', values: { a: 'mine' }, row: { values: { a: 'theirs' } } });
    expect(server.version).toBe(2);
  });

  it('never writes over a row that was handed in from another window', async () => {
    const server = new OneRow();
    const lists = new SharePointLists(server.send, '/sites/flow');
    const row = await lists.row(1);
    server.write({ PFApplicantAction: '申請' });
    expect((await save(lists, row, draft({ a: 'mine' }))).kind).toBe('sealed');
    expect(server.fields.PFPayload).toBe('{"a":"1","b":"1"}');
  });

  it('doubles quotes in names of files', async () => {
    const server = new OneRow();
    const lists = new SharePointLists(server.send, '/sites/flow');
    const row = await lists.row(1);
    await lists.detach(row, "it's.txt").catch(() => undefined);
    expect(server.calls[1].path).toContain("getByFileName('it''s.txt')");
  });
});
