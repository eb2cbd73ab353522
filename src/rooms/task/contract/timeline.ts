import { timelineEndpoint } from '../../observation/contract/timeline.ts'

/** What was done for a patient. */
export const taskTimeline = timelineEndpoint('task', 'task.read')
