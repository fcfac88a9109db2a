import { Checkbox, FieldContextProvider, Select } from '@fluentui/react-components';
import * as React from 'react';

import type { Choice, Masters, Options } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { labelText } from '../../page/words';
import type { InputOf, InputProps } from './InputProps';

/** Nothing where the master data could not be read. */
export function choicesOf(options: Options, masters: Masters): Choice[] | undefined {
  return Array.isArray(options) ? options : masters[options.master]?.options;
}

export function ChoiceInput(props: InputProps<InputOf<'choice'>>): React.ReactElement {
  const { strings } = useEnvironment();
  const choices = props.offers ?? choicesOf(props.input.options, props.masters);
  return (
    <Select
      id={props.id}
      value={typeof props.value === 'string' ? props.value : ''}
      disabled={!choices}
      onChange={(_, data) => props.onChange(data.value || undefined)}
      onBlur={props.onLeave}
    >
      <option value="">{choices ? strings.form.choose : strings.form.listMissing}</option>
      {(choices ?? []).map((choice) => (
        <option key={choice.value} value={choice.value}>
          {labelText(choice.label, strings.language)}
        </option>
      ))}
    </Select>
  );
}

export function ChoicesInput(props: InputProps<InputOf<'choices'>>): React.ReactElement {
  const { strings } = useEnvironment();
  const choices = props.offers ?? choicesOf(props.input.options, props.masters);
  const chosen = Array.isArray(props.value) ? (props.value as string[]) : [];
  const toggle = (value: string, on: boolean): void =>
    props.onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value));
  return (
    <div role="group" id={props.id} tabIndex={-1} aria-label={labelText(props.field.label, strings.language)}>
      {/* Else every box would take the name of the whole group. */}
      <FieldContextProvider value={undefined}>
        {!choices && <span>{strings.form.listMissing}</span>}
        {(choices ?? []).map((choice) => (
          <div key={choice.value}>
            <Checkbox
              label={labelText(choice.label, strings.language)}
              checked={chosen.includes(choice.value)}
              onChange={(_, data) => toggle(choice.value, data.checked === true)}
              onBlur={props.onLeave}
            />
          </div>
        ))}
      </FieldContextProvider>
    </div>
  );
}
