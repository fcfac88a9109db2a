import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import * as React from 'react';

import { fieldsOf, rowFieldsOf, type Issue, type Schema } from '../../forms/model';
import { placeOf } from '../../forms/place';
import { useEnvironment } from '../../page/environment';
import { fill, issueText, labelText } from '../../page/words';
import { fieldId } from './FormField';

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
  const fields = fieldsOf(props.schema);
  const name = (path: string): string => {
    const { key, row, inner } = placeOf(path);
    const field = fields.find((candidate) => candidate.key === key);
    if (!field || row === undefined) return field ? labelText(field.label, strings.language) : path;
    const of = rowFieldsOf(field).find((candidate) => candidate.key === inner);
    const place = fill(strings.rows.row, { name: row + 1 });
    return of ? `${place} ${labelText(of.label, strings.language)}` : place;
  };
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
