import { Input, Textarea } from '@fluentui/react-components';
import * as React from 'react';

import type { Person, Value } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import type { InputOf, InputProps } from './InputProps';

function upnOf(value: Value | undefined): string {
  return value && typeof value === 'object' && 'upn' in value ? value.upn : '';
}

/** The server looks the person up; here an address is enough. */
export function PersonInput(props: InputProps<InputOf<'person'>>): React.ReactElement {
  const { strings } = useEnvironment();
  return (
    <Input
      id={props.id}
      type="email"
      value={upnOf(props.value)}
      placeholder={strings.form.personHint}
      autoComplete="off"
      onChange={(_, data) => props.onChange(data.value ? { upn: data.value } : undefined)}
      onBlur={props.onLeave}
    />
  );
}

function peopleOf(text: string): Person[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter(Boolean).map((upn) => ({ upn }));
}

export function PeopleInput(props: InputProps<InputOf<'people'>>): React.ReactElement {
  const { strings } = useEnvironment();
  const stored = Array.isArray(props.value) ? (props.value as Person[]).map(upnOf).join('\n') : '';
  // Line ends that are being typed are not part of the value, but must stay on the screen.
  const [typed, setTyped] = React.useState(stored);
  const text = JSON.stringify(peopleOf(typed)) === JSON.stringify(peopleOf(stored)) ? typed : stored;
  const change = (next: string): void => {
    setTyped(next);
    const people = peopleOf(next);
    props.onChange(people.length > 0 ? people : undefined);
  };
  return (
    <Textarea
      id={props.id}
      value={text}
      rows={3}
      placeholder={strings.form.peopleHint}
      onChange={(_, data) => change(data.value)}
      onBlur={props.onLeave}
    />
  );
}
