import type { Act, Status } from '../../data/model';

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
