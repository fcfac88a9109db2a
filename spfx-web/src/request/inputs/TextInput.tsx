import { Input, Textarea } from '@fluentui/react-components';
import * as React from 'react';

import type { InputOf, InputProps } from './InputProps';

const NUMERIC = ['digits'];
const PLAIN = ['digits', 'upnLocal', 'mailNickname', 'mail'];

function shown(value: unknown): string {
  return value === undefined ? '' : `${value as string}`;
}

export function TextInput(props: InputProps<InputOf<'text'>>): React.ReactElement {
  const rule = props.input.rule?.name ?? '';
  return (
    <Input
      id={props.id}
      value={shown(props.value)}
      autoComplete="off"
      autoCapitalize={PLAIN.includes(rule) ? 'none' : undefined}
      spellCheck={!PLAIN.includes(rule)}
      inputMode={NUMERIC.includes(rule) ? 'numeric' : rule === 'mail' ? 'email' : 'text'}
      onChange={(_, data) => props.onChange(data.value)}
      onBlur={props.onLeave}
    />
  );
}

export function LinesInput(props: InputProps<InputOf<'lines'>>): React.ReactElement {
  return (
    <Textarea
      id={props.id}
      value={shown(props.value)}
      rows={4}
      resize="vertical"
      onChange={(_, data) => props.onChange(data.value)}
      onBlur={props.onLeave}
    />
  );
}

/** Text while it is typed: only a whole number becomes a number. */
export function NumberInput(props: InputProps<InputOf<'number'>>): React.ReactElement {
  const change = (text: string): void => props.onChange(/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text);
  return (
    <Input
      id={props.id}
      value={shown(props.value)}
      inputMode="numeric"
      autoComplete="off"
      onChange={(_, data) => change(data.value)}
      onBlur={props.onLeave}
    />
  );
}
