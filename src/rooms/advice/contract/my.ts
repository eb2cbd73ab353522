import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { givenId, givenText, KINDS } from './words.ts'

/** The person's own page: what stands, in the words it was given in. */
export const myAdvice = endpoint({
  name: 'advice.mine',
  method: 'GET',
  path: '/my/advice',
  summary: 'The advice that the person was given and that still stands, newest first',
  gate: { permission: 'patient', audit: { action: 'advice.read-own' } },
  output: z.object({
    rows: z.array(
      z.object({
        id: givenId,
        kind: z.enum(KINDS),
        text: givenText,
        source: z.string(),
        givenOn: z.string(),
        givenBy: z.string(),
      }),
    ),
  }),
})
