import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import * as React from 'react';

import type { Issue, Schema } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { fill, issueText } from '../../page/words';
import { fieldId } from './FormField';
import { nameOfPath } from './nameOfPath';

export interface IssueSummaryProps {
  issues: Issue[];
  schema: Schema;
  title: string;
  onGo(path: string): void;
}

/** More are of no use at once; the table marks the rows. */
const SHOWN = 20;

/** All that is to be mended; each line leads to its field. */
export function IssueSummary(props: IssueSummaryProps): React.ReactElement {
  const { strings } = useEnvironment();
  const name = (path: string): string => nameOfPath(props.schema, path, strings);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{fill(props.title, { count: props.issues.length })}</MessageBarTitle>
        <ul>
          {props.issues.slice(0, SHOWN).map((issue) => (
            <li key={`${issue.field} ${issue.code}`}>
              <Link as="button" type="button" onClick={() => props.onGo(issue.field)}>
                {name(issue.field)}
              </Link>
              {': '}
              {issueText(strings, issue)}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}

export function focusField(key: string): void {
  const element = document.getElementById(fieldId(key));
  element?.focus();
  element?.scrollIntoView({ block: 'center' });
}
