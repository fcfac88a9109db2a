/** Every word that the web parts show. The words stand in `loc`. */
export interface Strings {
  language: 'ja' | 'en';
  tabs: { apply: string; mine: string };
  loading: string;
  failed: string;
  retry: string;
  back: string;
  history: string;
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
    commentRequired: string;
    commentMissing: string;
    confirm: string;
    cancel: string;
    done: string;
    pullBackHelp: string;
    withdrawHelp: string;
  };
  approve: {
    title: string;
    count: string;
    empty: string;
    open: string;
    dueAt: string;
    notShownYet: string;
    linkLost: string;
    applicant: string;
    requestedAt: string;
    summary: string;
    changes: string;
    noChanges: string;
    kinds: { created: string; changed: string; removed: string; other: string };
    nothing: string;
    becomes: string;
    decide: string;
    notAsked: string;
    heldByOther: string;
    offers: Record<string, string>;
    help: Record<string, string>;
    sendBackTo: string;
    handOverTo: string;
    recording: string;
    recorded: string;
    nowIn: string;
    notCounted: string;
    later: string;
    lookAgain: string;
    /** By code of the workflow. */
    refusals: Record<string, string>;
    refusalUnknown: string;
  };
  statuses: Record<string, string>;
  /** What happened to an application, by the journal's event. */
  events: Record<string, string>;
  /** By code; `{name}` stands for an argument. */
  issues: Record<string, string>;
  issueUnknown: string;
  pane: { api: string; apiBase: string; clientId: string };
}
