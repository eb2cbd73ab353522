import { z } from 'zod'
import { event, id, patientId } from '../../../platform/contract/index.ts'

export const cardId = id('card')
const ofCard = z.object({ cardId, patientId })

export const cardOpened = event('card.opened', ofCard)
export const cardActivated = event('card.activated', ofCard)
export const cardFrozen = event('card.frozen', ofCard)
export const cardClosed = event('card.closed', ofCard)
