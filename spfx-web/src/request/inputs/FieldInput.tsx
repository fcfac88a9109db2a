import * as React from 'react';

import { ChoiceInput, ChoicesInput } from './ChoiceInput';
import { DateInput } from './DateInput';
import type { InputProps } from './InputProps';
import { PeopleInput, PersonInput } from './PeopleInput';
import { LinesInput, NumberInput, TextInput } from './TextInput';

/** The one table from kinds of input to what draws them. */
export function FieldInput(props: InputProps): React.ReactElement {
  const { input } = props;
  switch (input.type) {
    case 'text':
      return <TextInput {...props} input={input} />;
    case 'lines':
      return <LinesInput {...props} input={input} />;
    case 'date':
      return <DateInput {...props} input={input} />;
    case 'choice':
      return <ChoiceInput {...props} input={input} />;
    case 'choices':
      return <ChoicesInput {...props} input={input} />;
    case 'person':
      return <PersonInput {...props} input={input} />;
    case 'people':
      return <PeopleInput {...props} input={input} />;
    case 'number':
      return <NumberInput {...props} input={input} />;
    case 'rows':
      // Rows are a table of their own; a row cannot have rows.
      return <></>;
  }
}
