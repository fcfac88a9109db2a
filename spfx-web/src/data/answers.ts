/** Between the backend's answers and what they mean. Pure. */
import type { Application, Attached, Availability, Happened, Listed } from './model';
import { knownStatus, text, type Item } from './rows';
import type { Standing } from './tasks';

function all(answer: unknown, name: string): Item[] {
  const found = (answer as Item | undefined)?.[name];
  return Array.isArray(found) ? (found as Item[]) : [];
}

/** Whether this is a page of a listing at all. */
export function isPage(answer: unknown): boolean {
  return Array.isArray((answer as Item | undefined)?.items);
}

/** A page of `/api/v1/applications`. States that this version does not know are left out. */
export function listedOf(answer: unknown): Listed[] {
  const listed: Listed[] = [];
  for (const item of all(answer, 'items')) {
    const status = knownStatus(item.state);
    if (!status) continue;
    listed.push({
      number: text(item, 'number'),
      workflow: text(item, 'workflow'),
      status,
      changed: text(item, 'updatedAt')
    });
  }
  return listed;
}

/** What to give as `after` for the next page; empty at the end. */
export function nextOf(answer: unknown): string {
  return answer ? text(answer as Item, 'next') : '';
}

function happenedOf(item: Item): Happened {
  return { name: text(item, 'name'), at: text(item, 'at'), comment: text(item, 'comment') };
}

/** Only where SharePoint shows it to the reader, at the site's own host. */
function attachedOf(item: Item): Attached[] {
  const address = text(item, 'url');
  if (!address.startsWith('https://')) return [];
  return [{ name: text(item, 'name'), url: decodeURIComponent(new URL(address).pathname) }];
}

/** The answer of `/api/v1/applications/{number}`. It knows no step token: an act then goes without one. */
export function applicationOfAnswer(answer: unknown): Application | undefined {
  const item = (answer ?? {}) as Item;
  const status = knownStatus(item.state);
  if (!status) return undefined;
  return {
    number: text(item, 'number'),
    status,
    statusAt: text(item, 'updatedAt'),
    stepName: '',
    stepToken: '',
    dueAt: '',
    scheduledAt: '',
    expiresAt: '',
    source: '',
    history: '',
    events: all(item, 'history').map(happenedOf),
    result: '',
    files: all(item, 'files').flatMap(attachedOf),
    payload: ''
  };
}

/** Step and offers of an answer of `/api/v1/applications/{number}`; nothing where it tells of neither. */
export function standingOf(answer: unknown): Standing | undefined {
  const item = (answer ?? {}) as Item;
  const step = (item.step ?? {}) as Item;
  const offers = item.offers as Item | undefined;
  if (!text(step, 'token') && !offers) return undefined;
  const standing = { token: text(step, 'token'), heldBy: text(step, 'heldBy'), assignees: texts(step, 'assignees') };
  if (!offers) return standing;
  const notices = all(offers, 'notices').map((notice) => ({ key: text(notice, 'key'), kind: text(notice, 'kind') }));
  return { ...standing, acts: texts(offers, 'acts'), notices };
}

/** An answer of `/api/v1/availability`; nothing where it is none. */
export function availabilityOf(answer: unknown): Availability | undefined {
  const item = (answer ?? {}) as Item;
  if (typeof item.available !== 'boolean') return undefined;
  const said = (name: string): string | undefined => text(item, name) || undefined;
  const [reason, restorableUntil, application] = ['reason', 'restorableUntil', 'application'].map(said);
  return { available: item.available, reason, restorableUntil, application };
}

function texts(item: Item, name: string): string[] {
  const value = item[name];
  return Array.isArray(value) ? (value as string[]) : [];
}
