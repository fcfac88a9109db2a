import { merged, ofAnswer, type Deputies, type Mails } from '../data/deputies';
import { useEnvironment } from '../page/environment';
import { useLoaded, type Loaded } from '../page/useLoaded';

export interface Found extends Deputies {
  mails: Mails;
}

/** The person's rows always answer for themselves; the backend, where it answers, knows the register. */
export function useDeputies(): Loaded<Found> {
  const { settings, backend } = useEnvironment();
  const own = useLoaded(() => settings.read(new Date()));
  const told = useLoaded(async () => ({ answer: ofAnswer(await backend.deputies(), new Date()) }));
  const reload = (): void => {
    own.reload();
    told.reload();
  };
  return {
    value: own.value && { ...merged(own.value.deputies, told.value?.answer), mails: own.value.mails },
    failed: own.failed,
    reload
  };
}
