import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Catalogue, Row, Workflow } from '../../data/model';
import { useEnvironment } from '../../page/environment';
import { Waiting } from '../../page/Waiting';
import { Detail } from './Detail';
import type { Entry } from './entry';
import { MyApplications } from './MyApplications';
import { useMine } from './useMine';

export interface MinePageProps {
  definitions: Catalogue;
  /** Whether the person has just applied. */
  applied: boolean;
  onEdit(workflow: Workflow, row: Row): void;
}

export function MinePage(props: MinePageProps): React.ReactElement {
  const { strings } = useEnvironment();
  const mine = useMine(props.definitions);
  const [openKey, setOpenKey] = React.useState<string>();
  if (!mine.value) return <Waiting failed={mine.failed} onRetry={mine.reload} />;
  const entries = mine.value;
  const open = entries.find((entry) => entry.key === openKey);
  const editing = ({ row }: Entry): (() => void) | undefined => {
    const workflow = props.definitions.workflows.find((known) => known.key === row?.workflow);
    return workflow && row?.editable ? () => props.onEdit(workflow, row) : undefined;
  };
  if (open) {
    const onBack = (): void => setOpenKey(undefined);
    return <Detail key={openKey} entry={open} onBack={onBack} onEdit={editing(open)} onActed={mine.reload} />;
  }
  return (
    <>
      {props.applied && (
        <MessageBar intent="success" layout="multiline" role="status">
          <MessageBarBody>{strings.form.applied}</MessageBarBody>
        </MessageBar>
      )}
      <MyApplications
        entries={entries}
        onOpen={(entry) => setOpenKey(entry.key)}
        draftEditing={(entry) => (entry.status === 'DR' ? editing(entry) : undefined)}
        onRefresh={mine.reload}
      />
    </>
  );
}
