import { listAllSummaries } from '../contract/list.ts'
import { listSummaries, readSummary } from '../contract/summary.ts'

/** What has to be asked for again when a summary has changed. */
export const CHANGED_BY_ACT = [listSummaries, readSummary, listAllSummaries]
