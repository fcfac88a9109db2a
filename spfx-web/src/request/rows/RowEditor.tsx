import { Button, makeStyles, tokens } from '@fluentui/react-components';
import * as React from 'react';

import { rowFieldsOf, rowsOf, type Answer, type RowLook, type Value } from '../../forms/model';
import { pathOf } from '../../forms/place';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { fill } from '../../page/words';
import { filledBy } from '../form/filledBy';
import { fieldId, FormField } from '../form/FormField';
import type { RowsFieldProps } from './RowsField';

const useEditorStyles = makeStyles({
  editor: {
    padding: '12px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusMedium,
    boxSizing: 'border-box',
    // Long lists of boxes stay beside the other questions.
    '& [role="group"]': { maxHeight: '240px', overflowY: 'auto' }
  },
  end: { marginTop: '12px' },
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: '12px 16px' }
});

export interface RowEditorProps extends RowsFieldProps {
  at: number;
  onChange(at: number, changes: Record<string, Answer | undefined>): void;
  onDone(): void;
}

/** All questions of one row. */
export function RowEditor(props: RowEditorProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const own = useEditorStyles();
  const { field, form, at, checker } = props;
  const row = rowsOf(form.values, field.key)[at];
  const look = React.useMemo<RowLook | undefined>(
    () => checker?.lookAtRows(form.values, field.key, at, 1)[0],
    [checker, form.values, field.key, at]
  );
  const fields = rowFieldsOf(field).filter((inner) => look?.visible.includes(inner.key) ?? true);
  const first = fields[0]?.key;
  React.useEffect(() => {
    document.getElementById(fieldId(pathOf(field.key, at, first ?? '')))?.focus();
    // Only when another row is opened: whoever types elsewhere in it stays there.
  }, [field.key, at]);
  const change = (inner: string, value: Value | undefined): void => {
    const filled = filledBy(checker, rowFieldsOf(field), inner, value, field.key);
    form.touchAll([pathOf(field.key, at, inner)]);
    props.onChange(at, { ...filled, [inner]: value } as Record<string, Answer | undefined>);
  };
  return (
    <div className={own.editor} role="group" aria-label={fill(strings.rows.row, { name: at + 1 })}>
      <h3 className={styles.subheading}>{fill(strings.rows.row, { name: at + 1 })}</h3>
      <div className={own.fields}>
        {fields.map((inner) => {
          const path = pathOf(field.key, at, inner.key);
          return (
            <FormField
              key={inner.key}
              field={inner}
              path={path}
              value={row?.[inner.key]}
              offers={look?.offers[inner.key]}
              issue={props.verdict?.issues.find((issue) => issue.field === path)}
              showIssue={form.touched.has(path) || form.touched.has(field.key)}
              isRequired={look?.required.includes(inner.key)}
              isEmptied={props.emptied?.includes(path)}
              masters={props.masters}
              today={props.today}
              onChange={(_, value) => change(inner.key, value)}
              onLeave={() => form.touchAll([path])}
            />
          );
        })}
      </div>
      <div className={own.end}>
        <Button type="button" onClick={props.onDone}>
          {strings.rows.done}
        </Button>
      </div>
    </div>
  );
}
