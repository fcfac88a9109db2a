/** Comforts of the backend. Every one of them may fail; nobody's application depends on them. */
import type { Availability, Progress } from './model';

/** Resolves to the JSON answer of a GET, with the person's token. */
export type Get = (path: string) => Promise<unknown>;

export class Backend {
  public constructor(private readonly get: Get) {}

  /** Nothing where it could not be found out. */
  public async upnAvailability(local: string): Promise<Availability | undefined> {
    return this.softly<Availability>(`/api/v1/availability/upn?local=${encodeURIComponent(local)}`);
  }

  public async progress(number: string): Promise<Progress | undefined> {
    return this.softly<Progress>(`/api/v1/applications/${encodeURIComponent(number)}/progress`);
  }

  private async softly<T>(path: string): Promise<T | undefined> {
    try {
      return (await this.get(path)) as T;
    } catch (reason) {
      console.info(`Provisioning Flow: no answer from the backend (${String(reason)})`);
      return undefined;
    }
  }
}
