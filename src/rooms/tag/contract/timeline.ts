import { timelineEndpoint } from '../../observation/contract/timeline.ts'

/** Which tags came and went, and who changed them by hand. */
export const tagTimeline = timelineEndpoint('tag', 'tag.read')
