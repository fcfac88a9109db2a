/** What the names of a form are about, for whoever asks whether they are free. */
import * as React from 'react';

import type { Workflow } from '../../data/model';
import type { Values } from '../../forms/model';

export interface NamesOf {
  /** Object id of what is changed: it may have the name already. */
  object?: string;
  /** Number of the application that is mended: it may have asked for the name already. */
  application?: string;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const NamesContext = React.createContext<NamesOf>({});

/** What is chosen where the form asks what is changed. */
export function objectOf(workflow: Workflow, values: Values): string | undefined {
  const chosen = workflow.subject === undefined ? undefined : values[workflow.subject];
  return typeof chosen === 'string' && ID.test(chosen) ? chosen : undefined;
}
