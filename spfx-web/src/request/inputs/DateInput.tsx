import { Input } from '@fluentui/react-components';
import * as React from 'react';

import { daysAfter } from '../../forms/today';
import type { InputOf, InputProps } from './InputProps';

/** The device's own date picker, which on a phone is the best there is. */
export function DateInput(props: InputProps<InputOf<'date'>>): React.ReactElement {
  const { earliest, latest } = props.input;
  return (
    <Input
      id={props.id}
      type="date"
      value={typeof props.value === 'string' ? props.value : ''}
      min={earliest === undefined ? undefined : daysAfter(props.today, earliest)}
      max={latest === undefined ? '9999-12-31' : daysAfter(props.today, latest)}
      onChange={(_, data) => props.onChange(data.value || undefined)}
      onBlur={props.onLeave}
    />
  );
}
