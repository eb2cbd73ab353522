import type { Room } from '../../../platform/context/room.ts'
import { mergeListeners } from './merge.ts'
import { routes } from './routes.ts'

export const room: Room = { name: 'observation', routes, listeners: mergeListeners }
