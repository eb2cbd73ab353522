import { z } from 'zod'
import { job } from '../../../platform/contract/index.ts'

/** Brings people into a list whose condition is new; how far it is stands in `segment_fill`. */
export const fillList = job('segment/fill', z.object({ fillId: z.uuid() }))
