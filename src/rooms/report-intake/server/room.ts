import type { Room } from '../../../platform/context/room.ts'
import { rematchListeners } from './process/rematch.ts'

export const room: Room = { name: 'report-intake', listeners: rematchListeners }
