import { listMembers } from '../contract/member.ts'
import { listSegments, openSegment } from '../contract/segment.ts'
import { listItems, listWorklists, openWorklist } from '../contract/worklist.ts'

/** What an act on a segment changes on pages; and on a worklist. */
export const CHANGED = [openSegment, listSegments, listMembers]
export const LIST_CHANGED = [openWorklist, listItems, listWorklists]
