import { Field as FluentField } from '@fluentui/react-components';
import * as React from 'react';

import type { Field, Issue, Masters, Value } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { FieldInput } from '../inputs/FieldInput';
import { issueText, labelText } from '../../page/words';
import { AvailabilityNote } from './AvailabilityNote';

export interface FormFieldProps {
  field: Field;
  value: Value | undefined;
  issue: Issue | undefined;
  /** Whether the issue may be shown: nobody is scolded for a field he has not reached. */
  showIssue: boolean;
  masters: Masters;
  today: string;
  onChange(key: string, value: Value | undefined): void;
  onLeave(key: string): void;
}

export function fieldId(key: string): string {
  return `pf-field-${key}`;
}

export function FormField(props: FormFieldProps): React.ReactElement {
  const { strings } = useEnvironment();
  const { field, issue } = props;
  const message = issue && props.showIssue ? issueText(strings, issue) : undefined;
  const asked = field.availability === 'upn' && !issue && typeof props.value === 'string';
  return (
    <div>
      <FluentField
        label={{ children: labelText(field.label, strings.language), htmlFor: fieldId(field.key) }}
        required={field.required}
        hint={field.help && labelText(field.help, strings.language)}
        validationMessage={message}
        validationState={message ? 'error' : 'none'}
      >
        <FieldInput
          id={fieldId(field.key)}
          field={field}
          input={field.input}
          value={props.value}
          masters={props.masters}
          today={props.today}
          onChange={(value) => props.onChange(field.key, value)}
          onLeave={() => props.onLeave(field.key)}
        />
      </FluentField>
      {field.availability === 'upn' && (
        <AvailabilityNote local={asked ? (props.value as string).trim() || undefined : undefined} />
      )}
    </div>
  );
}
