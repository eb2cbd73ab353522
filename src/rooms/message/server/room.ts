import type { Room } from '../../../platform/context/room.ts'
import { listeners } from './listeners.ts'
import { rounds } from './rounds.ts'
import { routes } from './routes.ts'

export const room: Room = { name: 'message', routes, listeners, rounds }
