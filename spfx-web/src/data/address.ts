/** Where an application's item lies, from the address of its form. Pure. */

/** The list of applications is a sequence of lists: the second is `PFApplications2`. */
const FORM = /\/Lists\/(PFApplications\d*)\/DispForm\.aspx\?ID=(\d+)$/;

export interface Form {
  list: string;
  item: number;
}

/** Nothing for any other address: rows can be written by their authors. */
export function formOf(url: string): Form | undefined {
  const found = FORM.exec(url);
  return found ? { list: found[1], item: Number(found[2]) } : undefined;
}
