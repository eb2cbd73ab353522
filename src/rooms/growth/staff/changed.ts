import { getCourse, getProgramme, listEnrolled, listReferences } from '../contract/growth.ts'

/** What an act on a child's growth changes. */
export const CHANGED = [getCourse, getProgramme, listEnrolled] as const
export const REFERENCES_CHANGED = [listReferences, getCourse] as const
