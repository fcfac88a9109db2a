import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Form } from '../data/address';
import { useEnvironment } from '../page/environment';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';
import { fill } from '../page/words';
import { linked } from './link';
import { Review } from './Review';
import { TaskCards } from './TaskCards';
import { useTasks } from './useTasks';

/** The person's tasks, or the one that the address of the page names. */
export function TasksPage(): React.ReactElement {
  const { strings, tasks: lists } = useEnvironment();
  const tasks = useTasks();
  const [open, setOpen] = React.useState<Form>();
  const link = useLoaded(async () => {
    const asked = linked(window.location.search);
    if (!asked || 'form' in asked) return { form: asked?.form };
    return { form: await lists.find(asked.number), number: asked.number };
  });
  React.useEffect(() => setOpen(link.value?.form), [link.value]);
  if (!tasks.value || !(link.value || link.failed)) return <Waiting failed={tasks.failed} onRetry={tasks.reload} />;
  if (!open) {
    const lost = link.value && !link.value.form ? link.value.number : undefined;
    return (
      <>
        {lost && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{fill(strings.approve.linkLost, { number: lost })}</MessageBarBody>
          </MessageBar>
        )}
        <TaskCards
          tasks={tasks.value}
          onOpen={(task) => setOpen(task.form)}
          onFind={async (number) => {
            const found = await lists.find(number);
            setOpen(found);
            return found !== undefined;
          }}
          onRefresh={tasks.reload}
        />
      </>
    );
  }
  const onBack = (): void => {
    setOpen(undefined);
    tasks.reload();
  };
  return <Review key={`${open.list} ${open.item}`} form={open} userId={tasks.value.userId} onBack={onBack} />;
}
