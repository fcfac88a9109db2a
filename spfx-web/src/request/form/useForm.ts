import * as React from 'react';

import type { Origin, Row, Workflow } from '../../data/model';
import { fitsColumn } from '../../data/rowsFiles';
import type { Draft } from '../../data/sharePoint';
import type { Value, Values, Verdict } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { APPLY_FOR } from './applicant';
import type { Beginning } from './beginning';
import { save, type Saved } from './save';
import { titleOf } from './title';

export type Notice = 'saved' | 'mergedElsewhere' | 'failed' | 'noLongerEditable' | 'tooLarge' | undefined;

/** The state of a form that is being filled in, and what its buttons do. */
export interface FormState {
  row?: Row;
  values: Values;
  /** What the row says beside the form. */
  origin: Origin;
  touched: Set<string>;
  busy: boolean;
  dirty: boolean;
  notice: Notice;
  /** Fields that were also changed elsewhere, with what was saved there. */
  theirs: Values;
  change(key: string, value: Value | undefined): void;
  /** Names the applicant; `undefined` for the person himself. */
  applyFor(name: string | undefined): void;
  /** Puts first values where nothing was entered; that is nobody's change. */
  begin(defaults: Values): void;
  /** Shows a value as it will be stored. */
  settle(key: string, verdict: Verdict | undefined): void;
  touchAll(keys: string[]): void;
  saveDraft(verdict: Verdict | undefined): Promise<Row | undefined>;
  /** Whether it is applied for. */
  apply(verdict: Verdict | undefined): Promise<boolean>;
  setRow(row: Row): void;
  startAnew(): void;
  /** Says that something did not work. */
  fail(): void;
}

export function useForm(workflow: Workflow, start: Beginning): FormState {
  const { lists } = useEnvironment();
  const [row, setRow] = React.useState(start.row);
  const [values, setValues] = React.useState<Values>(start.row?.values ?? start.values ?? {});
  const [origin, setOrigin] = React.useState<Origin>(start.row?.origin ?? start.origin ?? {});
  const [touched, setTouched] = React.useState(new Set<string>());
  const [busy, setBusy] = React.useState(false);
  const [dirty, setDirty] = React.useState(false);
  const [notice, setNotice] = React.useState<Notice>();
  const [theirs, setTheirs] = React.useState<Values>({});

  const touchAll = (keys: string[]): void => setTouched((before) => new Set([...Array.from(before), ...keys]));

  const change = (key: string, value: Value | undefined): void => {
    setValues((before) => {
      const after = { ...before };
      if (value === undefined) delete after[key];
      else after[key] = value;
      return after;
    });
    touchAll([key]);
    setDirty(true);
    setNotice(undefined);
  };

  const applyFor = (name: string | undefined): void => {
    setOrigin((before) => ({ ...before, applyFor: name }));
    // Whoever chooses to name somebody is not scolded before he did.
    if (name) touchAll([APPLY_FOR]);
    setDirty(true);
    setNotice(undefined);
  };

  const begin = (defaults: Values): void => setValues((before) => ({ ...defaults, ...before }));

  const settle = (key: string, verdict: Verdict | undefined): void => {
    touchAll([key]);
    const stored = verdict?.values[key];
    if (stored !== undefined) setValues((before) => ({ ...before, [key]: stored }));
  };

  const draftOf = (verdict: Verdict | undefined): Draft => {
    const kept = verdict?.values ?? values;
    return { workflow: workflow.key, version: workflow.version, title: titleOf(workflow, kept, origin), values: kept, origin };
  };

  const take = (saved: Saved): void => {
    if (saved.kind === 'sealed') return setNotice('noLongerEditable');
    setRow(saved.row);
    if (saved.kind === 'conflict') {
      setValues(saved.values);
      setTheirs(pick(saved.row.values, saved.fields));
      return;
    }
    setTheirs({});
    setValues(saved.row.values);
    setDirty(false);
    setNotice(saved.merged ? 'mergedElsewhere' : 'saved');
  };

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setNotice(undefined);
    try {
      return await work();
    } catch (reason) {
      console.error(`Provisioning Flow: ${String(reason)}`);
      setNotice('failed');
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  const keep = async (verdict: Verdict | undefined): Promise<Saved> => {
    const saved = await save(lists, row, draftOf(verdict));
    take(saved);
    return saved;
  };

  const saveDraft = (verdict: Verdict | undefined): Promise<Row | undefined> =>
    attempt(async () => {
      const saved = await keep(verdict);
      return saved.kind === 'saved' ? saved.row : undefined;
    });

  /** First the draft, so that the write that applies says nothing but "apply". */
  const applyByRow = async (verdict: Verdict | undefined): Promise<boolean> => {
    const saved = await keep(verdict);
    // What another window brought in has to be seen before it is applied for.
    if (saved.kind !== 'saved' || saved.merged) return false;
    await lists.apply(saved.row, draftOf(verdict));
    return true;
  };

  /** The row is somebody else's, so the form goes with an act; an act takes no files. */
  const applyByAct = async (number: string, whole: Values): Promise<boolean> => {
    if (!fitsColumn(JSON.stringify(whole))) {
      setNotice('tooLarge');
      return false;
    }
    await lists.resubmit(number, whole);
    setDirty(false);
    return true;
  };

  const apply = async (verdict: Verdict | undefined): Promise<boolean> => {
    const { again } = start;
    const done = await attempt(() => (again ? applyByAct(again, verdict?.values ?? values) : applyByRow(verdict)));
    return done ?? false;
  };

  const startAnew = (): void => {
    setRow(undefined);
    setNotice(undefined);
  };

  const fail = (): void => setNotice('failed');

  return {
    row, values, origin, touched, busy, dirty, notice, theirs,
    change, applyFor, begin, settle, touchAll, saveDraft, apply, setRow, startAnew, fail
  };
}

function pick(values: Values, keys: string[]): Values {
  return Object.fromEntries(keys.filter((key) => key in values).map((key) => [key, values[key]]));
}
