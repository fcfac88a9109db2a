import type { Listed } from '../data/model';
import { waiting, type Task } from '../data/tasks';
import { useEnvironment } from '../page/environment';
import { useLoaded, type Loaded } from '../page/useLoaded';

export interface Tasks {
  userId: number;
  tasks: Task[];
  /** What waits, although no list shows it to the person yet. */
  others: Listed[];
}

/** The lists always answer for themselves; the backend, where it answers, knows what is over by now. */
export function useTasks(): Loaded<Tasks> {
  const { tasks, backend } = useEnvironment();
  const own = useLoaded(async () => {
    const userId = await tasks.me();
    return { userId, open: await tasks.open(userId) };
  });
  const listed = useLoaded(async () => ({ found: await backend.tasks() }));
  const reload = (): void => {
    own.reload();
    listed.reload();
  };
  return {
    value: own.value && { userId: own.value.userId, ...waiting(own.value.open, listed.value?.found) },
    failed: own.failed,
    reload
  };
}
