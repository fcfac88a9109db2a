import * as React from 'react';

import type { Row } from '../../data/model';
import { isRowsFile } from '../../data/rowsFiles';
import type { Verdict } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import type { FormState } from './useForm';

export interface AttachmentActions {
  busy: boolean;
  /** Without the rows, which are part of the form. */
  names: string[];
  add(files: File[]): void;
  remove(name: string): void;
}

/** Files belong to a row, so the draft is saved before the first one is added. */
export function useAttachments(form: FormState, verdict: Verdict | undefined): AttachmentActions {
  const { lists } = useEnvironment();
  const [busy, setBusy] = React.useState(false);

  const onRow = async (work: (row: Row) => Promise<Row>): Promise<void> => {
    const row = form.dirty || !form.row ? await form.saveDraft(verdict) : form.row;
    if (!row) return;
    setBusy(true);
    try {
      form.setRow(await work(row));
    } catch (reason) {
      console.error(`Provisioning Flow: ${String(reason)}`);
      form.fail();
    } finally {
      setBusy(false);
    }
  };
  const start = (work: (row: Row) => Promise<Row>): void => {
    onRow(work).catch((reason) => console.error(`Provisioning Flow: ${String(reason)}`));
  };
  return {
    busy,
    names: (form.row?.files ?? []).filter((name) => !isRowsFile(name)),
    add: (files) => files.length > 0 && start((row) => lists.attach(row, files)),
    remove: (name) => start((row) => lists.detach(row, name))
  };
}
