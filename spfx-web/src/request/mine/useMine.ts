import { useEnvironment } from '../environment';
import { useLoaded, type Loaded } from '../useLoaded';
import { entriesOf, type Entry } from './entry';

export interface Mine {
  entries: Entry[];
  partly: boolean;
}

/** The inbox always answers for itself; the applications are added where they can be read. */
export function useMine(): Loaded<Mine> {
  const { lists } = useEnvironment();
  return useLoaded(async () => {
    const unread = (reason: unknown): undefined => {
      console.info(`Provisioning Flow: the applications could not be read (${String(reason)})`);
      return undefined;
    };
    const [rows, applications] = await Promise.all([
      lists.me().then((me) => lists.myRows(me)),
      lists.myApplications().catch(unread)
    ]);
    return { entries: entriesOf(rows, applications ?? []), partly: applications === undefined };
  });
}
