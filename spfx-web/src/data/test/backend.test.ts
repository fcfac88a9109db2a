import { Backend } from '../backend';

function entry(number: number, state: string = 'CO'): object {
  return { number: `USR-2026-0000${number}`, workflow: 'user-create', state, updatedAt: '2026-11-24T00:00:00Z' };
}

/** Answers one page after the other, and then no more. */
function pages(answers: unknown[], asked: string[] = []): Backend {
  return new Backend(async (path) => {
    asked.push(path);
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error('down');
    return answer;
  });
}

describe("the backend's list of the person's applications", () => {
  it('is read page by page', async () => {
    const asked: string[] = [];
    const backend = pages([{ items: [entry(3), entry(2)], next: 'a+b' }, { items: [entry(1)], next: null }], asked);
    const listed = await backend.applications();
    expect(listed.map((one) => one.number)).toEqual(['USR-2026-00003', 'USR-2026-00002', 'USR-2026-00001']);
    expect(listed[0]).toMatchObject({ workflow: 'user-create', status: 'CO', changed: '2026-11-24T00:00:00Z' });
    expect(asked).toEqual(['/api/v1/applications?limit=100', '/api/v1/applications?limit=100&after=a%2Bb']);
  });

  it('is what could be had where the backend goes away, and empty where it is away', async () => {
    expect(await pages([{ items: [entry(3)], next: 'a' }]).applications()).toHaveLength(1);
    expect(await pages([]).applications()).toEqual([]);
  });

  it('of tasks is nothing unless it came to its end: nobody must miss a task', async () => {
    expect(await pages([{ items: [entry(3)], next: 'a' }, { items: [entry(2)] }]).tasks()).toHaveLength(2);
    expect(await pages([{ items: [] }]).tasks()).toEqual([]);
    expect(await pages([{ items: [entry(3)], next: 'a' }]).tasks()).toBeUndefined();
    expect(await pages(['<html>']).tasks()).toBeUndefined();
    expect(await pages([]).tasks()).toBeUndefined();
  });

  it('leaves out what cannot be understood', async () => {
    expect(await pages([{ items: [entry(1, 'from the future'), entry(2)] }]).applications()).toHaveLength(1);
    expect(await pages(['<html>']).applications()).toEqual([]);
    expect(await pages([{ error: 'x' }]).application('USR-2026-00001')).toBeUndefined();
  });
});
