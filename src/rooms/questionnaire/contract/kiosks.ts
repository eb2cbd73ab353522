import { z } from 'zod'
import { endpoint, id } from '../../../platform/contract/index.ts'
import { invitationId } from './words.ts'

export const kioskId = id('questionnaire-kiosk')

export const setUpKiosk = endpoint({
  name: 'questionnaire.setUpKiosk',
  method: 'POST',
  path: '/questionnaire-kiosks',
  summary: 'An address for a tablet that takes codes; it is shown once',
  gate: { permission: 'questionnaire.send', audit: { action: 'questionnaire.set-up-kiosk' } },
  body: z.object({ name: z.string().trim().min(1).max(60) }),
  output: z.object({ id: kioskId, link: z.string() }),
})

export const listKiosks = endpoint({
  name: 'questionnaire.listKiosks',
  method: 'GET',
  path: '/questionnaire-kiosks',
  summary: 'The tablets of the house',
  gate: { permission: 'questionnaire.send', audit: { none: 'nothing of a patient' } },
  output: z.object({
    rows: z.array(z.object({ id: kioskId, name: z.string(), madeAt: z.string(), madeBy: z.string() })),
  }),
})

export const endKiosk = endpoint({
  name: 'questionnaire.endKiosk',
  method: 'POST',
  path: '/questionnaire-kiosks/:kioskId/end',
  summary: 'A tablet that is lost or given away takes no more codes',
  gate: { permission: 'questionnaire.send', audit: { action: 'questionnaire.end-kiosk', subject: 'kioskId' } },
  params: z.object({ kioskId }),
  output: z.object({ ended: z.boolean() }),
})

export const codeForKiosk = endpoint({
  name: 'questionnaire.codeForKiosk',
  method: 'POST',
  path: '/questionnaire-invitations/:invitationId/code',
  summary: 'A code of a few minutes, to open a link on a tablet of the house',
  gate: { permission: 'questionnaire.send', audit: { action: 'questionnaire.kiosk-code', subject: 'invitationId' } },
  params: z.object({ invitationId }),
  output: z.object({ code: z.string(), until: z.string() }),
  problems: ['InvitationClosed', 'CodesExhausted'],
})

const ofKiosk = z.object({ token: z.string().min(20).max(120) })

export const lookAtKiosk = endpoint({
  name: 'questionnaire.lookAtKiosk',
  method: 'GET',
  path: '/kiosk/:token',
  summary: 'Whether a tablet takes codes',
  gate: { permission: 'public', audit: { none: 'nobody is known, and nothing of a person shows' } },
  params: ofKiosk,
  output: z.object({
    state: z.enum(['ready', 'resting', 'ended', 'unknown']),
    organization: z.string().nullable(),
    phone: z.string().nullable(),
  }),
})

export const openKiosk = endpoint({
  name: 'questionnaire.openKiosk',
  method: 'POST',
  path: '/kiosk/:token/opening',
  summary: 'Give a tablet the form that a code stands for',
  gate: { permission: 'public', audit: { none: 'the form itself is opened by its own call' } },
  params: ofKiosk,
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  output: z.object({
    result: z.enum(['open', 'wrong-code', 'resting', 'ended', 'unknown']),
    triesLeft: z.number().int(),
    /** A key to the one form, of the same kind as a link's. */
    token: z.string().nullable(),
  }),
})
