import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'
import { tagCode } from './rule.ts'

/** The person wishes that nothing is recommended to them by this tag: what waits because of it is not sent. */
export const tagRefused = event('tag.refused', z.object({ patientId, code: tagCode }))
