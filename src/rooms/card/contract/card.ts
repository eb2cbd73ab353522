import { z } from 'zod'
import { endpoint, event, id, patientId, pii } from '../../../platform/contract/index.ts'
import { newPatient } from '../../patient/contract/person.ts'

export const cardId = id('card')
export type CardId = z.infer<typeof cardId>

/** 待激活 → 已激活 → 冻结 → 注销; see server/rules/card-states.ts. */
export const CARD_STATES = ['pending', 'active', 'frozen', 'closed'] as const
export const cardState = z.enum(CARD_STATES)
export type CardState = z.infer<typeof cardState>

/** One tick for each purpose; none is ticked beforehand, and none is needed for care (PIPL §14–16, §28–30). */
export const CONSENT_PURPOSES = ['health-record', 'service-messages', 'promotion'] as const
export const consentPurpose = z.enum(CONSENT_PURPOSES)
export type ConsentPurpose = z.infer<typeof consentPurpose>
/** The version of the texts the page shows today; an answer keeps the version it was given to. */
export const CONSENT_TEXT_VERSION = '2026-03'

export const consent = z.object({
  purpose: consentPurpose,
  granted: z.boolean(),
  textVersion: z.string().min(1).max(20),
})
const storedConsent = consent.extend({ at: z.string(), by: z.string() })

export const cardView = z.object({
  id: cardId,
  patientId,
  number: z.string(),
  state: cardState,
  openedAt: z.string(),
  activatedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  consents: z.array(storedConsent),
  /** What the reader may do next. */
  can: z.object({ sendCode: z.boolean(), freeze: z.boolean(), unfreeze: z.boolean(), close: z.boolean() }),
  history: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      from: cardState.nullable(),
      to: cardState,
      reason: z.string(),
      by: z.string(),
      at: z.string(),
    }),
  ),
})
export type CardView = z.infer<typeof cardView>

const ofCard = z.object({ cardId })

export const openCard = endpoint({
  name: 'card.open',
  method: 'POST',
  path: '/cards',
  summary: 'Open a card for somebody known, or make somebody known and open theirs',
  gate: { permission: 'card.open', audit: { action: 'card.open' } },
  body: z
    .object({
      patientId: patientId.optional(),
      patient: newPatient.optional(),
      consents: z.array(consent).max(CONSENT_PURPOSES.length).default([]),
    })
    .refine((body) => (body.patientId === undefined) !== (body.patient === undefined), { path: ['patientId'], message: 'oneOfTwo' }),
  output: z.object({ card: cardView, proposals: z.number().int() }),
  problems: ['CardOpenAlready', 'PatientNotAlive'],
})

export const sendCode = endpoint({
  name: 'card.sendCode',
  method: 'POST',
  path: '/cards/:cardId/code',
  summary: 'Send the activation code to the phone of the patient, or of the guardian of a child under 14',
  gate: { permission: 'card.open', audit: { action: 'card.send-code', subject: 'cardId' } },
  params: ofCard,
  output: z.object({ phoneMasked: z.string(), viaGuardian: z.boolean(), expiresAt: z.string(), nextAt: z.string() }),
  problems: ['CardStateRefuses', 'NoPhone', 'CodeTooSoon', 'CodeTooMany'],
})

/**
 * A wrong code is an answer, not a refusal: it has to be counted, and what is refused leaves nothing behind.
 * `activated` is said to one caller only, however many come at once with the right code.
 */
export const activateCard = endpoint({
  name: 'card.activate',
  method: 'POST',
  path: '/cards/:cardId/activation',
  summary: 'Activate with the code from the phone',
  gate: { permission: 'card.open', audit: { action: 'card.activate', subject: 'cardId' } },
  params: ofCard,
  body: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/),
  }),
  output: z.object({
    result: z.enum(['activated', 'active-already', 'wrong-code', 'no-code', 'used-up']),
    triesLeft: z.number().int(),
    card: cardView,
  }),
  problems: ['CardStateRefuses'],
})

const withReason = z.object({ reason: z.string().trim().min(2).max(300) })

export const freezeCard = endpoint({
  name: 'card.freeze',
  method: 'POST',
  path: '/cards/:cardId/freeze',
  summary: 'Freeze a card, for a time',
  gate: { permission: 'card.manage', audit: { action: 'card.freeze', subject: 'cardId' } },
  params: ofCard,
  body: withReason,
  output: cardView,
  problems: ['CardStateRefuses'],
})

export const unfreezeCard = endpoint({
  name: 'card.unfreeze',
  method: 'POST',
  path: '/cards/:cardId/unfreeze',
  summary: 'Take a frozen card up again',
  gate: { permission: 'card.manage', audit: { action: 'card.unfreeze', subject: 'cardId' } },
  params: ofCard,
  body: withReason,
  output: cardView,
  problems: ['CardStateRefuses'],
})

export const closeCard = endpoint({
  name: 'card.close',
  method: 'POST',
  path: '/cards/:cardId/close',
  summary: 'Close a card for good; the person and the record stay',
  gate: { permission: 'card.manage', audit: { action: 'card.close', subject: 'cardId' } },
  params: ofCard,
  body: withReason,
  output: cardView,
  problems: ['CardStateRefuses'],
})

export const recordConsents = endpoint({
  name: 'card.recordConsents',
  method: 'PUT',
  path: '/cards/:cardId/consents',
  summary: 'What the person agrees to now; withdrawing works at once',
  gate: { permission: 'card.open', audit: { action: 'card.consents', subject: 'cardId' } },
  params: ofCard,
  body: z.object({ consents: z.array(consent).min(1).max(CONSENT_PURPOSES.length) }),
  output: cardView,
})

export const cardsOfPatient = endpoint({
  name: 'card.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/cards',
  summary: 'The cards of a patient with their history',
  gate: { permission: 'patient.read', audit: { action: 'card.read', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({ rows: z.array(cardView) }),
})

/** What would have gone out by SMS, as long as nobody carries it: for trying the house on without a provider. */
export const demoOutbox = endpoint({
  name: 'card.demoOutbox',
  method: 'GET',
  path: '/card-demo-outbox',
  summary: 'Activation codes that would have been sent, while no SMS provider is set',
  gate: { permission: 'patient.read', audit: { action: 'card.demo-outbox' } },
  output: z.object({
    enabled: z.boolean(),
    rows: z.array(
      z.object({
        id: z.string(),
        cardId,
        patientId,
        phoneMasked: z.string(),
        text: pii('free-text', z.string()),
        at: z.string(),
      }),
    ),
  }),
})

const ofCardEvent = z.object({ cardId, patientId })
export const cardOpened = event('card.opened', ofCardEvent)
export const cardActivated = event('card.activated', ofCardEvent)
export const cardFrozen = event('card.frozen', ofCardEvent)
export const cardUnfrozen = event('card.unfrozen', ofCardEvent)
export const cardClosed = event('card.closed', ofCardEvent)
/** The text waits sealed; whoever carries messages opens it through the door. */
export const cardCodeRequested = event('card.code-requested', ofCardEvent.extend({ codeId: z.uuid() }))
