/** What the lists hold, in the words of this front end. */
import type { Issue, Label, Masters, Schema, Values } from '../forms/model';

/** Codes of the application's states; their words stand in the string files. */
export type Status =
  | 'DR' | 'SU' | 'IA' | 'SB' | 'PB' | 'HO' | 'AP' | 'EX' | 'MW' | 'RV'
  | 'CO' | 'PC' | 'FA' | 'RJ' | 'WD' | 'EP' | 'CA';

export interface Workflow {
  key: string;
  version: number;
  title: Label;
  description?: Label;
  form: Schema;
  /** 代理申請: who may apply for somebody else; nobody, where it is not said. */
  applyFor?: 'nobody' | 'deputies' | 'anyone';
  /** Whether each row of its form is carried out by itself; nothing can follow such an application. */
  ofRows?: boolean;
  /** The field that says what is changed; none where something is made. */
  subject?: string;
  /** 有効期限: the field that says until when, and what a renewal asks beside it. */
  end?: { field: string; renewal?: string[] };
}

/** How an application follows another: it undoes, changes or renews what that one did. */
export type Link = '取消申請' | '変更申請' | '更新申請';

/** What a row says beside its form. */
export interface Origin {
  /** User name of the applicant; absent: whoever writes the row. */
  applyFor?: string;
  /** Number of the application that it follows. */
  original?: string;
  link?: Link;
}

export interface Catalogue {
  workflows: Workflow[];
  masters: Masters;
  /** Keys of definitions that could not be read. */
  broken: string[];
}

/** A row of the inbox: a draft, or what became of it. */
export interface Row {
  id: number;
  etag: string;
  title: string;
  workflow: string;
  version: number;
  values: Values;
  /** The form as it stands in the row, for telling what changed. */
  payload: string;
  number: string;
  /** Where its application is opened; empty where none is made, or only the backend shows it. */
  applicationUrl: string;
  status: Status;
  round: number;
  issues: Issue[];
  /** Whether the applicant may still change it. */
  editable: boolean;
  modified: string;
  files: string[];
  origin: Origin;
}

/** A sealed application, as far as the person may see it. */
export interface Application {
  number: string;
  status: Status;
  statusAt: string;
  stepName: string;
  stepToken: string;
  dueAt: string;
  /** Until when it waits once it is approved; empty: it waits for no day. */
  scheduledAt: string;
  /** When what it gave ends; empty: never, or it is over. */
  expiresAt: string;
  /** What it came from: a row of the inbox, or the end of another application. */
  source: string;
  /** The newest lines, in words. */
  history: string;
  /** The same as the backend tells it. */
  events: Happened[];
  result: string;
  files: Attached[];
  /** The sealed form as its item carries it; empty where only the backend shows the application. */
  payload: string;
}

/** A file that goes with an application. */
export interface Attached {
  name: string;
  /** Server-relative, as it is and not encoded. */
  url: string;
}

export interface Happened {
  /** Type of the journal's event. */
  name: string;
  at: string;
  comment: string;
}

/** An application of this person, in whichever list it lies. */
export interface Listed {
  number: string;
  workflow: string;
  status: Status;
  changed: string;
  /** Where its item is opened, and what it is called there; absent where no list told. */
  url?: string;
  title?: string;
}

/** An act on an application for which the person has no right to edit. */
export type Act = '引戻し' | '取下げ';

/** The application an act is about, and the step that was seen. */
export interface Target {
  number: string;
  status: Status;
  stepToken: string;
}

export interface Progress {
  number: string;
  state: string;
  steps: { name: string; state: string; at?: string }[];
}

/** Whether a name can be had. */
export interface Availability {
  available: boolean;
  /** `taken`, `deleted` (lies in the recycle bin) or `asked` (by another open application). */
  reason?: string;
  /** ISO 8601. */
  restorableUntil?: string;
  /** Number of the other application, where the person may read it. */
  application?: string;
}
