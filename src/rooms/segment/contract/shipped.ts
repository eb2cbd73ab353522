import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'

/** Of a list that came with Peiban: what it rests on, and who has read it; nobody has while `reviewer` is null. */
export const shipped = z.object({ source: bilingual, reviewer: z.string().nullable() })
export type Shipped = z.infer<typeof shipped>
