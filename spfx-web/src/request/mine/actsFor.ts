import type { Act, Application, Status, Workflow } from '../../data/model';
import type { Entry } from './entry';

/** What an applicant may ask for in a state; whether it is still possible when it arrives, the server decides. */
export function actsFor(status: Status): Act[] {
  switch (status) {
    case 'SU':
    case 'IA':
      return ['引戻し', '取下げ'];
    case 'HO':
    case 'SB':
    case 'PB':
    case 'AP':
      return ['取下げ'];
    default:
      return [];
  }
}

/** Whether its applicant may correct it by an act: it came back to him, and the row with its form is somebody else's. */
export function mayApplyAgain(entry: Entry, application: Application | undefined): boolean {
  const isBack = application?.status === 'SB' || application?.status === 'PB';
  return isBack && !entry.row && application.payload !== '';
}

/** Whether 取消申請 and 変更申請 may follow it: what was carried out, and was not undone by it. */
export function canBeFollowed(entry: Entry, workflow: Workflow): boolean {
  const carriedOut = entry.status === 'CO' || entry.status === 'PC';
  return carriedOut && !workflow.ofRows && entry.row?.origin.link !== '取消申請';
}
