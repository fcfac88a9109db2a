import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import * as React from 'react';

import { fieldsOf, type Issue, type Schema } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { fill, issueText, labelText } from '../../page/words';
import { fieldId } from './FormField';

/** All that is to be mended; each line leads to its field. */
export function IssueSummary(props: { issues: Issue[]; schema: Schema; title: string }): React.ReactElement {
  const { strings } = useEnvironment();
  const fields = fieldsOf(props.schema);
  const name = (key: string): string => {
    const field = fields.find((candidate) => candidate.key === key);
    return field ? labelText(field.label, strings.language) : key;
  };
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{fill(props.title, { count: props.issues.length })}</MessageBarTitle>
        <ul>
          {props.issues.map((issue) => (
            <li key={`${issue.field} ${issue.code}`}>
              <Link as="button" type="button" onClick={() => focusField(issue.field)}>
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
