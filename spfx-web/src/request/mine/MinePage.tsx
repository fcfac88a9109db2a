import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Application, Catalogue, Workflow } from '../../data/model';
import { isPacked } from '../../data/rowsFiles';
import { useEnvironment } from '../../page/environment';
import { Waiting } from '../../page/Waiting';
import type { Beginning } from '../form/beginning';
import { Detail } from './Detail';
import type { Entry } from './entry';
import { MyApplications } from './MyApplications';
import { useMine } from './useMine';

export interface MinePageProps {
  definitions: Catalogue;
  /** Whether the person has just applied. */
  applied: boolean;
  onForm(workflow: Workflow, begin: Beginning): void;
}

export function MinePage(props: MinePageProps): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const mine = useMine(props.definitions);
  const [returned, setReturned] = React.useState(false);
  const [openKey, setOpenKey] = React.useState<string>();
  if (!mine.value) return <Waiting failed={mine.failed} onRetry={mine.reload} />;
  const entries = mine.value;
  const open = entries.find((entry) => entry.key === openKey);
  const editing = ({ row }: Entry): ((told?: Application) => void) | undefined => {
    const workflow = props.definitions.workflows.find((known) => known.key === row?.workflow);
    // Whoever undoes something fills in no form.
    if (!workflow || !row?.editable || row.origin.link === '取消申請') return undefined;
    return (told) => {
      // Many rows stand in a file beside the row: the form needs them all.
      const whole = isPacked(row.values) ? lists.row(row.id) : Promise.resolve(row);
      whole.then((found) => props.onForm(workflow, { row: found, told })).catch(mine.reload);
    };
  };
  if (open) {
    const onBack = (): void => {
      setOpenKey(undefined);
      setReturned(true);
    };
    const { definitions } = props;
    return (
      <Detail
        key={openKey}
        entry={open}
        definitions={definitions}
        onBack={onBack}
        onEdit={editing(open)}
        onForm={props.onForm}
        onActed={mine.reload}
      />
    );
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
        quiet={!props.applied && !returned}
      />
    </>
  );
}
