/** Every word that the web parts show. The words stand in `loc`. */
export interface Strings {
  language: 'ja' | 'en';
  /** Between names in a row. */
  comma: string;
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
  rows: {
    number: string;
    row: string;
    actions: string;
    count: string;
    countBad: string;
    add: string;
    edit: string;
    copy: string;
    remove: string;
    done: string;
    editRow: string;
    copyRow: string;
    removeRow: string;
    nextBad: string;
    page: string;
    previousPage: string;
    nextPage: string;
    import: string;
    importTitle: string;
    importHelp: string;
    chooseFile: string;
    template: string;
    paste: string;
    pasteHelp: string;
    readPasted: string;
    unreadable: string;
    /** Why a file cannot be read, by code. */
    problems: Record<string, string>;
    read: string;
    readBad: string;
    preview: string;
    line: string;
    onlyBad: string;
    findings: string;
    saveBad: string;
    take: string;
    replace: string;
    append: string;
    cancel: string;
    showTable: string;
    hideTable: string;
    results: string;
    resultCounts: string;
    states: { done: string; failed: string; skipped: string; waiting: string };
    why: string;
    onlyFailed: string;
    saveResults: string;
  };
  files: { title: string; add: string; remove: string; none: string };
  availability: {
    asking: string;
    free: string;
    taken: string;
    /** It lies in the recycle bin: {until}. */
    deleted: string;
    deletedSome: string;
    /** The same of an account, whose name may be given again. */
    restorable: string;
    restorableSome: string;
    asked: string;
    /** {number} */
    askedBy: string;
    unknown: string;
  };
  mine: {
    title: string;
    empty: string;
    partly: string;
    number: string;
    status: string;
    updated: string;
    step: string;
    due: string;
    scheduled: string;
    expires: string;
    progress: string;
    noProgress: string;
    result: string;
    open: string;
    edit: string;
    refresh: string;
  };
  applicant: {
    label: string;
    whose: string;
    self: string;
    other: string;
    name: string;
    deputies: string;
    anyone: string;
    fixed: string;
    acts: string;
    /** The applicant applies again although another's row holds the form. */
    again: string;
    tooLarge: string;
  };
  follow: {
    undo: string;
    undoHelp: string;
    undoAgain: string;
    amend: string;
    amends: string;
    renew: string;
    renews: string;
    copy: string;
    copied: string;
    done: string;
    emptied: string;
    emptiedHere: string;
    original: string;
    links: { 取消申請: string; 変更申請: string; 更新申請: string };
  };
  /** Columns of a row beside its form, which can be judged too. */
  columns: Record<string, { name: string; issues: Record<string, string> }>;
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
    correct: {
      fields: string;
      review: string;
      unchanged: string;
      tooLarge: string;
      changes: string;
      mend: string;
    };
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
  deputies: {
    title: string;
    mine: string;
    nobody: string;
    add: string;
    help: string;
    to: string;
    toMissing: string;
    from: string;
    until: string;
    backwards: string;
    scope: string;
    all: string;
    write: string;
    end: string;
    endTitle: string;
    period: string;
    open: string;
    standIn: string;
    standInNobody: string;
    standInUnknown: string;
    standings: Record<string, string>;
    writing: string;
    taken: string;
    later: string;
    lookAgain: string;
    /** By code of the service. */
    refusals: Record<string, string>;
    refusalUnknown: string;
    mails: { title: string; each: string; daily: string; help: string; write: string };
  };
  statuses: Record<string, string>;
  /** What happened to an application, by the journal's event. */
  events: Record<string, string>;
  /** By code; `{name}` stands for an argument. */
  issues: Record<string, string>;
  issueUnknown: string;
  pane: { api: string; apiBase: string; clientId: string };
}
