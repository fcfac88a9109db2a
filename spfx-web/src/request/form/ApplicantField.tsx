import { Field, Input, Select } from '@fluentui/react-components';
import * as React from 'react';

import type { Workflow } from '../../data/model';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { issueText } from '../../page/words';
import { APPLY_FOR, applicantIssue } from './applicant';
import { fieldId } from './FormField';
import type { FormState } from './useForm';

/** 代理申請: for whom it is applied. */
export function ApplicantField(props: { workflow: Workflow; form: FormState }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { workflow, form } = props;
  const { applyFor } = form.origin;
  const issue = form.touched.has(APPLY_FOR) ? applicantIssue(form.origin) : undefined;
  const text = strings.applicant;
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{text.label}</legend>
      <Field label={text.whose}>
        <Select
          value={applyFor === undefined ? 'self' : 'other'}
          onChange={(_, data) => form.applyFor(data.value === 'self' ? undefined : '')}
        >
          <option value="self">{text.self}</option>
          <option value="other">{text.other}</option>
        </Select>
      </Field>
      {applyFor !== undefined && (
        <Field
          label={{ children: text.name, htmlFor: fieldId(APPLY_FOR) }}
          required
          hint={workflow.applyFor === 'deputies' ? text.deputies : text.anyone}
          validationMessage={issue && issueText(strings, issue)}
          validationState={issue ? 'error' : 'none'}
        >
          <Input
            id={fieldId(APPLY_FOR)}
            type="email"
            value={applyFor}
            placeholder={strings.form.personHint}
            autoComplete="off"
            onChange={(_, data) => form.applyFor(data.value)}
            onBlur={() => form.touchAll([APPLY_FOR])}
          />
        </Field>
      )}
    </fieldset>
  );
}
