import * as React from 'react';

import type { Checker } from '../../forms/door';
import { fieldsOf, isDynamic, type Field, type Masters, type Schema, type Section, type Value, type Verdict } from '../../forms/model';
import type { Place } from '../../forms/place';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { labelText } from '../../page/words';
import { RowsField } from '../rows/RowsField';
import { filledBy } from './filledBy';
import { FormField } from './FormField';
import type { FormState } from './useForm';

export interface FormSectionProps {
  schema: Schema;
  section: Section;
  checker: Checker | undefined;
  /** Where somebody is led to. */
  target: Place | undefined;
  form: FormState;
  verdict: Verdict | undefined;
  masters: Masters;
  today: string;
  /** Where a copied date was left out. */
  emptied?: string[];
}

/** Without a verdict every field is shown: better one too many than one that cannot be answered. */
export function FormSection(props: FormSectionProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { section, verdict } = props;
  const fields = section.fields.filter((field) => verdict?.visible.includes(field.key) ?? true);
  if (fields.length === 0) return <></>;
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{labelText(section.title, strings.language)}</legend>
      {section.help && <p className={styles.muted}>{labelText(section.help, strings.language)}</p>}
      {fields.map((field) => (
        <OneField key={field.key} {...props} field={field} />
      ))}
    </fieldset>
  );
}

function OneField(props: FormSectionProps & { field: Field }): React.ReactElement {
  const { field, form, verdict, checker, target } = props;
  const change = (key: string, value: Value | undefined): void => {
    form.change(key, value);
    Object.entries(filledBy(checker, fieldsOf(props.schema), key, value)).forEach(([other, filled]) =>
      form.change(other, filled)
    );
  };
  if (field.input.type === 'rows') {
    return <RowsField {...props} target={target?.key === field.key ? target.row : undefined} />;
  }
  return (
    <FormField
      field={field}
      value={form.values[field.key]}
      offers={checker && isDynamic(field.input) ? checker.options(form.values, field.key) : undefined}
      issue={verdict?.issues.find((issue) => issue.field === field.key)}
      showIssue={form.touched.has(field.key)}
      isRequired={verdict?.required.includes(field.key)}
      isEmptied={props.emptied?.includes(field.key)}
      masters={props.masters}
      today={props.today}
      onChange={change}
      onLeave={(key) => form.settle(key, verdict)}
    />
  );
}
