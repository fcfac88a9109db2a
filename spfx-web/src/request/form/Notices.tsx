import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import { fieldsOf, type Schema, type Value } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { fill, labelText } from '../../page/words';
import { shownValue } from './shownValue';
import type { FormState } from './useForm';

/** What became of the last button, and what somebody else did meanwhile. */
export function Notices(props: { form: FormState; schema: Schema }): React.ReactElement {
  const { strings } = useEnvironment();
  const { form } = props;
  return (
    <div role="status">
      {form.notice === 'saved' && <Note intent="success" text={strings.form.saved} />}
      {form.notice === 'mergedElsewhere' && <Note intent="warning" text={strings.form.mergedElsewhere} />}
      {form.notice === 'tooLarge' && <Note intent="error" text={strings.applicant.tooLarge} />}
      {form.notice === 'failed' && <Note intent="error" text={strings.failed} />}
      {form.notice === 'noLongerEditable' && (
        <Note intent="warning" text={strings.form.noLongerEditable}>
          <Button type="button" onClick={form.startAnew}>
            {strings.form.keepAsNew}
          </Button>
        </Note>
      )}
      {Object.keys(form.theirs).length > 0 && <Theirs {...props} />}
    </div>
  );
}

interface NoteProps {
  intent: 'success' | 'warning' | 'error';
  text: string;
  children?: React.ReactNode;
}

function Note(props: NoteProps): React.ReactElement {
  return (
    <MessageBar intent={props.intent} layout="multiline">
      <MessageBarBody>{props.text}</MessageBarBody>
      {props.children && <MessageBarActions>{props.children}</MessageBarActions>}
    </MessageBar>
  );
}

/** Fields that were changed on both sides: mine stand in the form, theirs can be taken one by one. */
function Theirs(props: { form: FormState; schema: Schema }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { form, schema } = props;
  const offered = fieldsOf(schema).filter((field) => field.key in form.theirs);
  const take = (key: string, value: Value): void => form.change(key, value);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {strings.form.changedElsewhere}
        <ul className={styles.list}>
          {offered.map((field) => (
            <li key={field.key} className={styles.row}>
              <span>{labelText(field.label, strings.language)}</span>
              <Button type="button" size="small" onClick={() => take(field.key, form.theirs[field.key])}>
                {fill(strings.form.takeTheirs, { value: shownValue(form.theirs[field.key]) })}
              </Button>
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
