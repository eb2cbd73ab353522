import { getCourse, getProgramme, listEnrolled, listGrowthContent, listReferences } from '../contract/growth.ts'

/** What an act on a child's growth changes. */
export const CHANGED = [getCourse, getProgramme, listEnrolled] as const
export const REFERENCES_CHANGED = [listReferences, getCourse] as const
export const CONTENT_CHANGED = [listGrowthContent, getProgramme, getCourse] as const
