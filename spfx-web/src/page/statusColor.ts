import type { Status } from '../data/model';

/** Colour only underlines: the badge says the state in words. */
export function statusColor(status: Status): 'informative' | 'warning' | 'success' | 'danger' | 'brand' {
  switch (status) {
    case 'CO':
      return 'success';
    case 'RJ':
    case 'FA':
      return 'danger';
    case 'SB':
    case 'PB':
    case 'RV':
    case 'MW':
    case 'PC':
      return 'warning';
    case 'DR':
    case 'WD':
    case 'EP':
    case 'CA':
      return 'informative';
    default:
      return 'brand';
  }
}
