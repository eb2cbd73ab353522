import type { Room } from '../../../platform/context/room.ts'
import { riskFactForms } from './fact-forms.ts'
import { riskFacts } from './fact-kinds.ts'
import { routes } from './routes.ts'
import { assessRound } from './step.ts'

export const room: Room = { name: 'risk', routes, rounds: [assessRound], facts: riskFacts, factForms: riskFactForms }
