import type { Room } from '../../../platform/context/room.ts'
import { listeners } from './listeners.ts'
import { routes } from './routes.ts'

export const room: Room = { name: 'follow-up', routes, listeners }
