/** Comforts of the backend. Every one of them may fail; nobody's application depends on them. */
import { applicationOfAnswer, availabilityOf, isPage, listedOf, nextOf, standingOf } from './answers';
import type { Application, Availability, Listed, Progress } from './model';
import type { Standing } from './tasks';

/** Resolves to the JSON answer of a GET, with the person's token. */
export type Get = (path: string) => Promise<unknown>;

/** Rows of a page, and pages at most; what is older is reached by its number. */
const PAGE = 100;
const PAGES = 10;

export class Backend {
  public constructor(private readonly get: Get) {}

  /** Whether a name can be had; nothing where it could not be found out. */
  public async availability(
    kind: string,
    name: string,
    about: { object?: string; application?: string }
  ): Promise<Availability | undefined> {
    const pairs = Object.entries({ name, ...about }).filter(([, value]) => value !== undefined);
    const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value as string)}`).join('&');
    return availabilityOf(await this.softly<unknown>(`/api/v1/availability/${kind}?${query}`));
  }

  public async progress(number: string): Promise<Progress | undefined> {
    return this.softly<Progress>(`/api/v1/applications/${encodeURIComponent(number)}/progress`);
  }

  /** The person's own applications, newest first, in whichever list they lie; what could be had. */
  public async applications(): Promise<Listed[]> {
    return (await this.listing('applications')).found;
  }

  /** All that waits for the person; nothing where the backend did not answer to the end. */
  public async tasks(): Promise<Listed[] | undefined> {
    const { found, whole } = await this.listing('tasks');
    return whole ? found : undefined;
  }

  /** What is asked of whom now; nothing where nobody is asked, or the backend did not answer. */
  public async standing(number: string): Promise<Standing | undefined> {
    return standingOf(await this.softly<unknown>(`/api/v1/applications/${encodeURIComponent(number)}`));
  }

  public async application(number: string): Promise<Application | undefined> {
    return applicationOfAnswer(await this.softly<unknown>(`/api/v1/applications/${encodeURIComponent(number)}`));
  }

  /** Who decides for the person, and for whom he does; nothing where the backend did not answer. */
  public async deputies(): Promise<unknown> {
    return this.softly<unknown>('/api/v1/deputies');
  }

  private async listing(name: string): Promise<{ found: Listed[]; whole: boolean }> {
    const found: Listed[] = [];
    let after = '';
    for (let page = 0; page < PAGES; page++) {
      const answer = await this.softly<unknown>(`/api/v1/${name}?limit=${PAGE}${after}`);
      found.push(...listedOf(answer));
      const next = nextOf(answer);
      if (!next) return { found, whole: isPage(answer) };
      after = `&after=${encodeURIComponent(next)}`;
    }
    return { found, whole: false };
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
