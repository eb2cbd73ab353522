import { z } from 'zod'
import { bilingual, calendarDate, endpoint } from '../../../platform/contract/index.ts'
import { runId } from './words.ts'

const words = z.object({ title: bilingual, text: bilingual })

/** A pathway as its person sees it: where they are, what comes next, whom to call, how to leave. */
export const myPathway = z.object({
  id: runId,
  title: bilingual,
  text: bilingual,
  /** Null: as anywhere, by saying so. */
  leave: bilingual.nullable(),
  phase: words.nullable(),
  /** 您在第3步: of the steps that are shown to the person. Null: nothing is open. */
  step: words
    .extend({
      number: z.number().int(),
      /** Null where steps come again: there is no last one to count to. */
      of: z.number().int().nullable(),
      dueOn: calendarDate,
      until: calendarDate,
      /** Its window is open. */
      now: z.boolean(),
      /** In hospital: it waits until they are home. */
      resting: z.boolean(),
    })
    .nullable(),
  /** What comes besides, the soonest first. */
  next: z.array(z.object({ title: bilingual, dueOn: calendarDate })),
  goals: z.array(bilingual),
  doneSteps: z.number().int(),
  startedOn: calendarDate,
  ended: z.object({ on: calendarDate, words: words.nullable() }).nullable(),
  /** Who looks after the person. */
  carer: z.string().nullable(),
})
export type MyPathway = z.infer<typeof myPathway>

export const myPathways = endpoint({
  name: 'follow-up.mine',
  method: 'GET',
  path: '/my/pathways',
  summary: 'The pathways that the person is in, and those that ended within the last month',
  gate: { permission: 'patient', audit: { action: 'follow-up.read-own' } },
  output: z.object({ rows: z.array(myPathway) }),
})
