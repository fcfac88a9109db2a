import type { Catalogue } from '../../data/model';
import { useEnvironment } from '../../page/environment';
import { useLoaded, type Loaded } from '../../page/useLoaded';
import { labelText } from '../../page/words';
import { entriesOf, type Entry } from './entry';

/** The inbox always answers for itself; what only the backend knows is added if and when it comes. */
export function useMine(definitions: Catalogue): Loaded<Entry[]> {
  const { strings, lists, backend } = useEnvironment();
  const rows = useLoaded(async () => lists.myRows(await lists.me()));
  const others = useLoaded(() => backend.applications());
  const titleOf = (key: string): string => {
    const workflow = definitions.workflows.find((known) => known.key === key);
    return workflow ? labelText(workflow.title, strings.language) : key;
  };
  const reload = (): void => {
    rows.reload();
    others.reload();
  };
  return {
    value: rows.value && entriesOf(rows.value, others.value ?? [], titleOf),
    failed: rows.failed,
    reload
  };
}
