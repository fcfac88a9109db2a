/** Every word that this web part shows. The words stand in `webparts/request/loc`. */
export interface Strings {
  language: 'ja' | 'en';
  tabs: { apply: string; mine: string };
  loading: string;
  failed: string;
  retry: string;
  back: string;
  catalogue: { title: string; empty: string; choose: string; broken: string };
  form: {
    required: string;
    choose: string;
    saveDraft: string;
    apply: string;
    applyAgain: string;
    busy: string;
    saved: string;
    applied: string;
    unchecked: string;
    returned: string;
    issues: string;
    listMissing: string;
    peopleHint: string;
    personHint: string;
    changedElsewhere: string;
    mergedElsewhere: string;
    noLongerEditable: string;
    keepAsNew: string;
    takeTheirs: string;
    olderDefinition: string;
  };
  files: { title: string; add: string; remove: string; none: string };
  availability: { asking: string; free: string; taken: string; unknown: string };
  mine: {
    title: string;
    empty: string;
    partly: string;
    number: string;
    status: string;
    updated: string;
    step: string;
    due: string;
    history: string;
    progress: string;
    noProgress: string;
    result: string;
    open: string;
    edit: string;
    refresh: string;
  };
  acts: {
    pullBack: string;
    withdraw: string;
    comment: string;
    confirm: string;
    cancel: string;
    done: string;
    pullBackHelp: string;
    withdrawHelp: string;
  };
  statuses: Record<string, string>;
  /** What happened to an application, by the journal's event. */
  events: Record<string, string>;
  /** By code; `{name}` stands for an argument. */
  issues: Record<string, string>;
  issueUnknown: string;
  pane: { api: string; apiBase: string; clientId: string };
}
