import type { Act, Application, Link, Status, Workflow } from '../../data/model';
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

/** What may follow an application: what was carried out, and neither undid nor renewed another one. */
export function followUpsOf(entry: Entry, workflow: Workflow, application?: Application): Link[] {
  const carriedOut = entry.status === 'CO' || entry.status === 'PC';
  const link = entry.row?.origin.link;
  const isLast = link === '取消申請' || link === '更新申請' || application?.source.startsWith('end.');
  if (!carriedOut || isLast) return [];
  if (workflow.ofRows) return application?.expiresAt ? ['更新申請'] : [];
  return application?.expiresAt ? ['更新申請', '取消申請'] : ['変更申請', '取消申請'];
}
