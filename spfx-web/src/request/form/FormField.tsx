import { Field as FluentField } from '@fluentui/react-components';
import * as React from 'react';

import type { Choice, Field, Issue, Masters, Value } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { FieldInput } from '../inputs/FieldInput';
import { issueText, labelText } from '../../page/words';
import { AvailabilityNote } from './AvailabilityNote';

export interface FormFieldProps {
  field: Field;
  /** Where it stands, if in a row. */
  path?: string;
  value: Value | undefined;
  /** What a choice offers, where that depends on answers. */
  offers?: Choice[];
  issue: Issue | undefined;
  /** Whether the issue may be shown: nobody is scolded for a field he has not reached. */
  showIssue: boolean;
  /** Whether it must be answered now; unknown without the checker. */
  isRequired?: boolean;
  /** Whether its date was left out of a copy. */
  isEmptied?: boolean;
  masters: Masters;
  today: string;
  onChange(key: string, value: Value | undefined): void;
  onLeave(key: string): void;
}

/** `people[3].upnLocal` becomes `pf-field-people-3-upnLocal`. */
export function fieldId(path: string): string {
  return `pf-field-${path.replace(/\]?[[.]/g, '-')}`;
}

export function FormField(props: FormFieldProps): React.ReactElement {
  const { strings } = useEnvironment();
  const { field, issue } = props;
  const id = fieldId(props.path ?? field.key);
  const message = issue && props.showIssue ? issueText(strings, issue) : undefined;
  const note = props.isEmptied && props.value === undefined ? strings.follow.emptiedHere : undefined;
  const name = !issue && typeof props.value === 'string' ? props.value.trim() || undefined : undefined;
  return (
    <div>
      <FluentField
        label={{ children: labelText(field.label, strings.language), htmlFor: id }}
        required={props.isRequired ?? field.required}
        hint={field.help && labelText(field.help, strings.language)}
        validationMessage={message ?? note}
        validationState={message ? 'error' : note ? 'warning' : 'none'}
      >
        <FieldInput
          id={id}
          field={field}
          input={field.input}
          value={props.value}
          masters={props.masters}
          offers={props.offers}
          today={props.today}
          onChange={(value) => props.onChange(field.key, value)}
          onLeave={() => props.onLeave(field.key)}
        />
      </FluentField>
      {field.availability && <AvailabilityNote kind={field.availability} name={name} />}
    </div>
  );
}
