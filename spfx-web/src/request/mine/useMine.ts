import type { Catalogue } from '../../data/model';
import { useEnvironment } from '../../page/environment';
import { useLoaded, type Loaded } from '../../page/useLoaded';
import { labelText } from '../../page/words';
import { entriesOf, together, type Entry } from './entry';

/** The inbox always answers for itself; what only the backend knows is added if and when it comes. */
export function useMine(definitions: Catalogue): Loaded<Entry[]> {
  const { strings, lists, backend } = useEnvironment();
  const rows = useLoaded(async () => lists.myRows(await lists.me()));
  // Somebody else may have applied for the person: then no row of his names the application.
  const items = useLoaded(async () => lists.appliedFor(await lists.me()));
  const others = useLoaded(() => backend.applications());
  const titleOf = (key: string): string => {
    const workflow = definitions.workflows.find((known) => known.key === key);
    return workflow ? labelText(workflow.title, strings.language) : key;
  };
  const reload = (): void => {
    rows.reload();
    items.reload();
    others.reload();
  };
  return {
    value: rows.value && entriesOf(rows.value, together(items.value ?? [], others.value ?? []), titleOf),
    failed: rows.failed,
    reload
  };
}
