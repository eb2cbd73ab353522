import type { Room } from '../../../platform/context/room.ts'
import { routes } from './routes.ts'
import { assessRound } from './step.ts'

export const room: Room = { name: 'risk', routes, rounds: [assessRound] }
