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
}

/** A sealed application, as far as the person may see it. */
export interface Application {
  number: string;
  status: Status;
  statusAt: string;
  stepName: string;
  stepToken: string;
  dueAt: string;
  /** The newest lines, in words. */
  history: string;
  /** The same as the backend tells it. */
  events: Happened[];
  result: string;
  /** The sealed form as its item carries it; empty where only the backend shows the application. */
  payload: string;
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

export interface Availability {
  available: boolean;
  reason?: string;
}
