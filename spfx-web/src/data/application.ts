/** One application: from the list that its row names, else from the backend. */
import type { Backend } from './backend';
import type { Application } from './model';
import type { SharePointLists } from './sharePoint';

export interface Known {
  number: string;
  /** Empty where no row names one. */
  url: string;
}

/** Nothing where neither of them shows it now. */
export async function findApplication(
  lists: SharePointLists,
  backend: Backend,
  known: Known
): Promise<Application | undefined> {
  try {
    const found = await lists.application(known.url);
    if (found?.number === known.number) return found;
  } catch (reason) {
    // Closed applications of full lists are taken out of their readers' sight.
    console.info(`Provisioning Flow: ${known.number} is not shown in its list (${String(reason)})`);
  }
  return backend.application(known.number);
}
