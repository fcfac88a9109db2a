/** 代理設定: who decides for whom, told by the person's own rows and by the backend. Pure. */
import { number, parsed, text, type Item } from './rows';

export type Standing = 'asked' | 'now' | 'coming' | 'over' | 'refused';

export interface Deputyship {
  /** The row that asked for it; 0 where somebody else asked, or it was handed over. */
  row: number;
  /** Name, or what was typed. */
  person: string;
  /** ISO moments; empty: from when it was asked, until it is ended. */
  from: string;
  until: string;
  /** Keys of workflows; empty: all. */
  workflows: string[];
  standing: Standing;
  /** Why it was refused. */
  code: string;
}

export interface Deputies {
  mine: Deputyship[];
  /** Nothing where the backend did not answer: nobody sees others' rows. */
  standIn?: Deputyship[];
}

/** What a row of 代理設定 asks. */
interface Ask {
  ask?: 'delegate' | 'end';
  to?: string;
  of?: string;
  from?: string;
  until?: string;
  workflows?: string[];
  row?: number;
}

export interface Wish {
  to: string;
  /** Days, as the device's date picker gives them; empty: now, or until it is ended. */
  from: string;
  until: string;
  workflows: string[];
}

/** A day's first moment on this device's clocks, so many days later. */
function moment(day: string, later: number): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

export function payloadOf(wish: Wish): string {
  return JSON.stringify({
    ask: 'delegate',
    to: wish.to.trim(),
    from: wish.from ? moment(wish.from, 0) : undefined,
    // The last day counts whole.
    until: wish.until ? moment(wish.until, 1) : undefined,
    workflows: wish.workflows.length > 0 ? wish.workflows : undefined
  });
}

export function endPayload(row: number): string {
  return JSON.stringify({ ask: 'end', row });
}

function standing(from: string, until: string, now: Date): Standing {
  if (until && new Date(until) <= now) return 'over';
  return from && new Date(from) > now ? 'coming' : 'now';
}

function codeOf(row: Item): string {
  const issues = parsed<{ code?: string }[]>(text(row, 'PFIssues'));
  return Array.isArray(issues) && issues.length > 0 ? (issues[0].code ?? '') : '';
}

function askOf(row: Item): Ask {
  const ask = parsed<Ask>(text(row, 'PFPayload'));
  return ask && typeof ask === 'object' ? ask : {};
}

/** The person's own rows, newest first, as far as they name deputies of his own and were not ended. */
export function ofRows(rows: Item[], now: Date): Deputyship[] {
  const ended = new Set<number>();
  for (const row of rows) {
    const ask = askOf(row);
    if (ask.ask === 'end' && !codeOf(row)) ended.add(ask.row ?? 0);
  }
  const found: Deputyship[] = [];
  for (const row of rows) {
    const ask = askOf(row);
    const id = number(row, 'Id');
    if (ask.ask !== 'delegate' || ask.of || ended.has(id)) continue;
    const code = codeOf(row);
    const from = ask.from ?? text(row, 'Created');
    const done = text(row, 'PFStatus') !== '';
    const carried = done ? standing(from, ask.until ?? '', now) : 'asked';
    found.push({
      row: id,
      person: ask.to ?? '',
      from,
      until: ask.until ?? '',
      workflows: ask.workflows ?? [],
      standing: code ? 'refused' : carried,
      code
    });
  }
  return found;
}

function shipOf(item: Item, now: Date): Deputyship {
  const [from, until] = [text(item, 'from'), text(item, 'until')];
  return {
    row: number(item, 'row'),
    person: text(item, 'name'),
    from,
    until,
    workflows: Array.isArray(item.workflows) ? (item.workflows as string[]) : [],
    standing: standing(from, until, now),
    code: ''
  };
}

/** The answer of `/api/v1/deputies`; nothing where it is none. */
export function ofAnswer(answer: unknown, now: Date): Deputies | undefined {
  const { mine, standIn } = (answer ?? {}) as { mine?: Item[]; standIn?: Item[] };
  if (!Array.isArray(mine) || !Array.isArray(standIn)) return undefined;
  return { mine: mine.map((item) => shipOf(item, now)), standIn: standIn.map((item) => shipOf(item, now)) };
}

/** The backend knows the register; a row that it has not read yet, or that was refused, only the person's list knows. */
export function merged(own: Deputyship[], answered: Deputies | undefined): Deputies {
  const shown = own.filter((one) => one.standing !== 'over');
  if (!answered) return { mine: shown };
  const known = new Set(answered.mine.map((one) => one.row));
  const only = shown.filter((one) => (one.standing === 'asked' || one.standing === 'refused') && !known.has(one.row));
  return { mine: [...only, ...answered.mine], standIn: answered.standIn };
}

export type Mails = 'each' | 'daily';

/** The newest choice that was not refused. */
export function mailsOf(rows: Item[]): Mails {
  for (const row of rows) {
    const asked = parsed<{ mails?: Mails }>(text(row, 'PFPayload'))?.mails;
    if (!codeOf(row) && (asked === 'each' || asked === 'daily')) return asked;
  }
  return 'each';
}

/** What a link of a mail fills in: nothing is set by it. */
export function wishOfLink(search: string): Wish | undefined {
  const asked = new URLSearchParams(search);
  if (!asked.has('deputies')) return undefined;
  const day = (name: string): string => (/^\d{4}-\d\d-\d\d$/.test(asked.get(name) ?? '') ? asked.get(name)! : '');
  return { to: asked.get('to')?.slice(0, 254) ?? '', from: day('from'), until: day('until'), workflows: [] };
}
