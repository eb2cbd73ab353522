import type { Room } from '../../../platform/context/room.ts'
import { routes } from './routes.ts'
import './table.ts'

export const room: Room = { name: 'specialty-pack', routes }
