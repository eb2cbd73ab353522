import type { Room } from '../../../platform/context/room.ts'
import { routes } from './routes.ts'

export const room: Room = { name: 'newsletter', routes }
