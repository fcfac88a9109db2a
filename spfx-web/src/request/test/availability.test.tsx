import * as React from 'react';
import { act } from 'react-dom/test-utils';

import type { Workflow } from '../../data/model';
import type { NameKind } from '../../forms/model';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { stringsOf } from '../../page/test/stringsOf';
import { putUp, takeDown } from '../../page/test/upAndDown';
import { AvailabilityNote } from '../form/AvailabilityNote';
import { NamesContext, objectOf, type NamesOf } from '../form/names';

const FREE = { available: true, reason: null, restorableUntil: null, application: null };
const UNTIL = '2026-12-20T03:00:00Z';
const ID = '11111111-2222-3333-4444-555555555555';

let host: HTMLElement;
let asked: string[];
let answer: unknown;

interface Look {
  kind?: NameKind;
  locale?: string;
  names?: NamesOf;
}

async function show(name: string | undefined, { kind = 'alias', locale = 'ja-jp', names = {} }: Look = {}): Promise<void> {
  const get = async (path: string): Promise<unknown> => {
    asked.push(path);
    if (answer === undefined) throw new Error('down');
    return answer;
  };
  const send = async (): Promise<never> => Promise.reject(new Error('no list is asked'));
  const environment = environmentOf({ strings: stringsOf(locale), send, get, site: '/sites/flow', person: '' });
  await putUp(
    host,
    <EnvironmentContext.Provider value={environment}>
      <NamesContext.Provider value={names}>
        <AvailabilityNote kind={kind} name={name} />
      </NamesContext.Provider>
    </EnvironmentContext.Provider>
  );
}

/** Whoever types pauses. */
async function pause(): Promise<void> {
  await act(async () => {
    jest.advanceTimersByTime(400);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  });
}

async function told(given: object | undefined, look: Look = {}): Promise<string> {
  answer = given;
  await show(undefined, look);
  await show('sales', look);
  await pause();
  return host.textContent ?? '';
}

describe('whether a name is free', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    [asked, answer] = [[], FREE];
    host = document.body.appendChild(document.createElement('div'));
  });

  afterEach(async () => {
    await takeDown(host);
    jest.useRealTimers();
  });

  it('r22 is asked at a pause in typing, about the last name alone', async () => {
    await show('s');
    await show('sa');
    expect(host.textContent).toBe('空きを確認しています…');
    expect(asked).toEqual([]);
    await pause();
    expect(asked).toEqual(['/api/v1/availability/alias?name=sa']);
    expect(host.textContent).toBe('利用できます。');
  });

  it('r22 is told in both languages: free, taken, in the recycle bin, asked for', async () => {
    expect(await told(FREE)).toBe('利用できます。');
    expect(await told({ available: false, reason: 'taken' })).toContain('すでに使われています');
    const bin = { available: false, reason: 'deleted', restorableUntil: UNTIL };
    expect(await told(bin)).toContain('2026/12/20 まではごみ箱にあり');
    expect(await told({ ...bin, available: true })).toContain('利用できますが');
    expect(await told({ ...bin, restorableUntil: null })).toContain('ごみ箱にあるもの');
    expect(await told({ available: false, reason: 'asked' })).toContain('処理中の別の申請');
    expect(await told({ available: false, reason: 'asked', application: 'GRP-7' })).toContain('申請 GRP-7 が');
    expect(await told(undefined)).toContain('確認できませんでした');
    const english = { locale: 'en-us' };
    expect(await told(bin, english)).toContain('recycle bin until 20 Dec 2026');
    expect(await told({ available: false, reason: 'asked', application: 'GRP-7' }, english)).toContain('GRP-7 asks');
  });

  it('r22 is asked with what is changed and with the application that is mended', async () => {
    await told(FREE, { kind: 'groupName', names: { object: ID, application: 'GRP 7' } });
    expect(asked).toEqual([`/api/v1/availability/groupName?name=sales&object=${ID}&application=GRP%207`]);
  });

  it('r22 what is changed is what the form chose, if it is an object', () => {
    const workflow = { subject: 'mailbox' } as Workflow;
    expect(objectOf(workflow, { mailbox: ID })).toBe(ID);
    expect(objectOf(workflow, { mailbox: 'x' })).toBeUndefined();
    expect(objectOf({} as Workflow, { mailbox: ID })).toBeUndefined();
  });
});
