import * as React from 'react';

import type { Catalogue, Row, Workflow } from '../../data/model';
import { Waiting } from '../Waiting';
import { Detail } from './Detail';
import { MyApplications } from './MyApplications';
import { useMine } from './useMine';

export interface MinePageProps {
  definitions: Catalogue;
  onEdit(workflow: Workflow, row: Row): void;
}

export function MinePage(props: MinePageProps): React.ReactElement {
  const mine = useMine();
  const [openId, setOpenId] = React.useState<number>();
  if (!mine.value) return <Waiting failed={mine.failed} onRetry={mine.reload} />;
  const { entries, partly } = mine.value;
  const open = entries.find((entry) => entry.row.id === openId);
  if (open) {
    return <Detail key={openId} entry={open} onBack={() => setOpenId(undefined)} onActed={mine.reload} />;
  }
  return (
    <MyApplications
      entries={entries}
      partly={partly}
      onOpen={(entry) => setOpenId(entry.row.id)}
      onEdit={(entry) => {
        const workflow = props.definitions.workflows.find((known) => known.key === entry.row.workflow);
        if (workflow) props.onEdit(workflow, entry.row);
        else setOpenId(entry.row.id);
      }}
      onRefresh={mine.reload}
    />
  );
}
