import { Button } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { fill } from '../../page/words';

export interface AttachmentsProps {
  names: string[];
  disabled: boolean;
  onAdd(files: File[]): void;
  onRemove(name: string): void;
}

export function Attachments(props: AttachmentsProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const picker = React.useRef<HTMLInputElement>(null);
  const picked = (event: React.ChangeEvent<HTMLInputElement>): void => {
    props.onAdd(Array.from(event.target.files ?? []));
    event.target.value = '';
  };
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{strings.files.title}</legend>
      {props.names.length === 0 && <p className={styles.muted}>{strings.files.none}</p>}
      <ul className={styles.list}>
        {props.names.map((name) => (
          <li key={name} className={styles.row}>
            <span className={styles.grow}>{name}</span>
            <Button
              type="button"
              size="small"
              disabled={props.disabled}
              aria-label={fill(strings.files.remove, { name })}
              onClick={() => props.onRemove(name)}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <input ref={picker} type="file" multiple hidden onChange={picked} aria-label={strings.files.add} />
      <div>
        <Button type="button" disabled={props.disabled} onClick={() => picker.current?.click()}>
          {strings.files.add}
        </Button>
      </div>
    </fieldset>
  );
}
