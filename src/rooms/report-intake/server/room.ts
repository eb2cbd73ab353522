import type { Room } from '../../../platform/context/room.ts'
import { rematchListeners } from './process/rematch.ts'
import { jobs, routes } from './routes.ts'

export const room: Room = { name: 'report-intake', routes, jobs, listeners: rematchListeners }
