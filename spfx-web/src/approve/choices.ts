/** What a person is offered. Pure; whether it still counts when it arrives, the service decides. */
import type { Choice, Editable, Opened, Standing } from '../data/tasks';

/** Votes, and the acts beside them. */
export type Offer =
  | Choice | '解除' | '修正' | '振替' | '引上げ承認' | '回覧確認' | '異議' | '作業完了' | '作業不可' | '判断の引戻し';

export interface Asked {
  opened: Opened;
  /** Number of the person in the site, and his object id. */
  userId: number;
  person: string;
  standing?: Standing;
  /** What the step lets be changed; absent where nothing is, or it is not known yet. */
  editable?: Editable;
}

/** The backend's words for what it would take from the person now. */
const OFFERED: [string, Offer][] = [
  ['approve', '承認'],
  ['finish', '承認終了'],
  ['sendBack', '差戻し'],
  ['reject', '却下'],
  ['hold', '保留'],
  ['confirm', '確認'],
  ['release', '解除'],
  ['edit', '修正'],
  ['reassign', '振替'],
  ['pullUp', '引上げ承認'],
  ['finishWork', '作業完了'],
  ['declineWork', '作業不可'],
  ['acknowledge', '回覧確認'],
  ['object', '異議'],
  ['takeBack', '判断の引戻し']
];
const VOTES: Offer[] = ['承認', '承認終了', '差戻し', '却下', '保留', '確認', '解除'];
/** They name the step that was seen. */
const OF_STEP: Offer[] = [...VOTES, '修正', '引上げ承認', '作業完了', '作業不可'];
/** They are open to him while it waits for somebody else. */
const BESIDE: Offer[] = ['判断の引戻し', '引上げ承認', '振替', '修正'];
const WITH_REASON: Offer[] = ['差戻し', '却下', '異議', '作業完了', '作業不可', '振替'];

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

/** What the backend would take from him, of the step that the item shows; without it, what the item tells. */
export function offers(asked: Asked): Offer[] {
  const offered = asked.standing?.acts ? offersOf(asked, asked.standing) : offersOfItem(asked);
  // Without its fields there is nothing to fill in.
  return offered.filter((offer) => offer !== '修正' || asked.editable !== undefined);
}

function offersOf({ opened }: Asked, standing: Standing): Offer[] {
  const isBehind = standing.token !== opened.stepToken;
  const offered = OFFERED.filter(([word]) => standing.acts?.includes(word)).map(([, offer]) => offer);
  return offered.filter((offer) => !(isBehind && OF_STEP.includes(offer)));
}

function offersOfItem(asked: Asked): Offer[] {
  if (!isAsked(asked)) return [];
  if (asked.opened.status === 'MW') return ['作業完了', '作業不可'];
  switch (holder(asked)) {
    case 'other':
      return [];
    case 'me':
      return ['承認', '差戻し', '却下', '解除', '修正'];
    default:
      return ['承認', '差戻し', '却下', '保留', '確認', '修正'];
  }
}

/** Whether what is offered means that the application waits for him. */
export function waitsFor(offer: Offer): boolean {
  return !BESIDE.includes(offer);
}

/** 差戻し, 却下, 作業不可 and the like must say why; 作業完了 what was done. */
export function needsComment(offer: Offer): boolean {
  return WITH_REASON.includes(offer);
}

/** A vote, if it is one. From whoever holds a step, 確認 releases it. */
export function choiceOf(offer: Offer): Choice | undefined {
  if (offer === '解除') return '確認';
  return VOTES.includes(offer) ? (offer as Choice) : undefined;
}

/** The act of the inbox, where it is no vote. */
export function actionOf(offer: Offer): string {
  return offer === '回覧確認' ? '確認' : offer;
}

/** What a notice's reader reads first: circulations and post-reviews that wait for him. */
export function noticeOf({ standing }: Asked, offer: Offer): string {
  const kind = offer === '異議' ? ['postReview'] : ['circulation', 'postReview'];
  return standing?.notices?.find((notice) => kind.includes(notice.kind))?.key ?? '';
}
