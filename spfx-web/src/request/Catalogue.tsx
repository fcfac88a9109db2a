import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Catalogue as Definitions, Workflow } from '../data/model';
import { useEnvironment } from '../page/environment';
import { PageHeading } from '../page/PageHeading';
import { useStyles } from '../page/styles';
import { fill, labelText } from '../page/words';

export interface CatalogueProps {
  definitions: Definitions;
  /** Whether the focus stays where it is. */
  quiet: boolean;
  onChoose(workflow: Workflow): void;
}

/** What can be applied for. */
export function Catalogue(props: CatalogueProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { workflows, broken } = props.definitions;
  return (
    <div className={styles.stack}>
      <PageHeading quiet={props.quiet}>{strings.catalogue.title}</PageHeading>
      {workflows.length === 0 && <p>{strings.catalogue.empty}</p>}
      <ul className={styles.list}>
        {workflows.map((workflow) => (
          <li key={workflow.key} className={styles.card}>
            <div className={styles.grow}>
              <strong id={`pf-workflow-${workflow.key}`}>{labelText(workflow.title, strings.language)}</strong>
              {workflow.description && (
                <p className={styles.muted}>{labelText(workflow.description, strings.language)}</p>
              )}
            </div>
            <Button
              type="button"
              appearance="primary"
              aria-describedby={`pf-workflow-${workflow.key}`}
              onClick={() => props.onChoose(workflow)}
            >
              {strings.catalogue.choose}
            </Button>
          </li>
        ))}
      </ul>
      {broken.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{fill(strings.catalogue.broken, { keys: broken.join(', ') })}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
