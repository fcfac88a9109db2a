/** The Approve page as one chunk: everything but SPFx itself. */
import * as React from 'react';

import type { Surroundings } from '../page/environment';
import { show } from '../page/Frame';
import { ApprovePage } from './ApprovePage';

export { close } from '../page/Frame';

export function open(element: HTMLElement, around: Surroundings): void {
  show(element, around, <ApprovePage />);
}
