import type { Status } from '../data/model';

/** Colour only underlines: the badge says the state in words. */
export function statusColor(status: Status): 'informative' | 'warning' | 'success' | 'danger' | 'brand' {
  switch (status) {
    case 'CO':
      return 'success';
    case 'RJ':
      return 'danger';
    case 'SB':
    case 'PB':
    case 'RV':
      return 'warning';
    case 'DR':
    case 'WD':
      return 'informative';
    default:
      return 'brand';
  }
}
