/** What an approver is offered. Pure; whether it still counts when it arrives, the service decides. */
import type { Choice, Opened, Standing } from '../data/tasks';

export type Offer = Choice | '解除';

export interface Asked {
  opened: Opened;
  /** Number of the person in the site, and his object id. */
  userId: number;
  person: string;
  standing?: Standing;
}

/** Who holds the step: only the backend knows. */
export function holder({ person, standing }: Asked): 'nobody' | 'me' | 'other' | 'unknown' {
  if (!standing) return 'unknown';
  if (!standing.heldBy) return 'nobody';
  return standing.heldBy.toLowerCase() === person.toLowerCase() ? 'me' : 'other';
}

export function isAsked({ opened, userId, person, standing }: Asked): boolean {
  const shown = opened.stepToken !== '' && opened.assignees.includes(userId);
  // The backend is ahead of the item: then the item shows a step that is over.
  const over = standing !== undefined && !standing.assignees.some((id) => id.toLowerCase() === person.toLowerCase());
  return shown && !(over && person);
}

export function offers(asked: Asked): Offer[] {
  if (!isAsked(asked)) return [];
  switch (holder(asked)) {
    case 'other':
      return [];
    case 'me':
      return ['承認', '差戻し', '却下', '解除'];
    default:
      return ['承認', '差戻し', '却下', '保留', '確認'];
  }
}

/** 差戻し and 却下 must say why. */
export function needsComment(offer: Offer): boolean {
  return offer === '差戻し' || offer === '却下';
}

/** From whoever holds a step, 確認 releases it. */
export function choiceOf(offer: Offer): Choice {
  return offer === '解除' ? '確認' : offer;
}
