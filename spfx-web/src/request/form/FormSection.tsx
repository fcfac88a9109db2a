import * as React from 'react';

import type { Masters, Section, Verdict } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { labelText } from '../../page/words';
import { FormField } from './FormField';
import type { FormState } from './useForm';

export interface FormSectionProps {
  section: Section;
  form: FormState;
  verdict: Verdict | undefined;
  masters: Masters;
  today: string;
}

/** Without a verdict every field is shown: better one too many than one that cannot be answered. */
export function FormSection(props: FormSectionProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { section, form, verdict } = props;
  const fields = section.fields.filter((field) => verdict?.visible.includes(field.key) ?? true);
  if (fields.length === 0) return <></>;
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{labelText(section.title, strings.language)}</legend>
      {section.help && <p className={styles.muted}>{labelText(section.help, strings.language)}</p>}
      {fields.map((field) => (
        <FormField
          key={field.key}
          field={field}
          value={form.values[field.key]}
          issue={verdict?.issues.find((issue) => issue.field === field.key)}
          showIssue={form.touched.has(field.key)}
          masters={props.masters}
          today={props.today}
          onChange={form.change}
          onLeave={(key) => form.settle(key, verdict)}
        />
      ))}
    </fieldset>
  );
}
