import { mergeClasses } from '@fluentui/react-components';
import * as React from 'react';

import { useStyles } from './styles';

/** What a page is called. Whoever came here by a button that is gone now goes on from here, unless it is `quiet`. */
export function PageHeading(props: React.PropsWithChildren<{ quiet?: boolean }>): React.ReactElement {
  const styles = useStyles();
  const heading = React.useRef<HTMLHeadingElement>(null);
  React.useEffect(() => {
    if (!props.quiet) heading.current?.focus();
    // Only when the page opens.
  }, []);
  return (
    <h2 className={mergeClasses(styles.heading, styles.focusTarget)} ref={heading} tabIndex={-1}>
      {props.children}
    </h2>
  );
}
