/** Parts of the desk in which nothing ever happens here. */
export const quiet = {
  salvage_list: () => ({ compared: true, lines: 0, reissued: 0, others: 0, filings: [] }),
  salvage_reissue: () => ({ compared: true, lines: 0, reissued: 0, others: 0, filings: [] }),
  numbers_get: () => ({ missing: [], voided: [] }),
  number_void: () => ({ missing: [], voided: [] }),
  number_found: () => ({ missing: [], voided: [] }),
};
