/** 代理申請: who is named as the applicant. Pure. */
import type { Origin } from '../../data/model';
import type { Issue } from '../../forms/model';

/** The column of the row that names the applicant. */
export const APPLY_FOR = 'PFApplyFor';

/** What is wrong with the name of the applicant, as far as it can be seen here. */
export function applicantIssue({ applyFor }: Origin): Issue | undefined {
  if (applyFor === undefined) return undefined;
  const name = applyFor.trim();
  if (!name) return { code: 'required', field: APPLY_FOR, args: {} };
  return /^\S+@\S+$/.test(name) ? undefined : { code: 'not_mail', field: APPLY_FOR, args: {} };
}
