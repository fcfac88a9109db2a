import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Origin, Row, Workflow } from '../../data/model';
import { useEnvironment } from '../../page/environment';
import { History } from '../../page/History';
import { fill } from '../../page/words';
import type { Beginning } from './beginning';
import { nameOfPath } from './nameOfPath';

/** More names help nobody: each field says it too. */
const MOST = 10;

export interface StandingProps {
  workflow: Workflow;
  row?: Row;
  origin: Origin;
  begin: Beginning;
  unavailable: boolean;
}

/** What has to be known about the form before it is filled in. */
export function Standing(props: StandingProps): React.ReactElement {
  const { strings } = useEnvironment();
  const { workflow, row, origin, begin } = props;
  const emptied = (begin.emptied ?? []).map((path) => nameOfPath(workflow.form, path, strings));
  return (
    <>
      {props.unavailable && <Note text={strings.form.unchecked} />}
      {begin.told && <History {...begin.told} />}
      {row && row.version < workflow.version && <Note text={strings.form.olderDefinition} />}
      {begin.again && <Note intent="info" text={fill(strings.applicant.again, { number: begin.again })} />}
      {origin.link === '変更申請' && <Note intent="info" text={fill(strings.follow.amends, { number: origin.original ?? '' })} />}
      {origin.link === '更新申請' && <Note intent="info" text={fill(strings.follow.renews, { number: origin.original ?? '' })} />}
      {row?.number && origin.applyFor && <Note intent="info" text={fill(strings.applicant.fixed, { name: origin.applyFor })} />}
      {begin.emptied && <Note intent="info" text={strings.follow.copied} />}
      {emptied.length > 0 && (
        <Note text={fill(strings.follow.emptied, { fields: emptied.slice(0, MOST).join(strings.comma) })} />
      )}
    </>
  );
}

function Note(props: { text: string; intent?: 'info' }): React.ReactElement {
  return (
    <MessageBar intent={props.intent ?? 'warning'} layout="multiline">
      <MessageBarBody>{props.text}</MessageBarBody>
    </MessageBar>
  );
}
