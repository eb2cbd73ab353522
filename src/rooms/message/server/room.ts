import type { Room } from '../../../platform/context/room.ts'
import { listeners } from './listeners.ts'
import { rounds } from './rounds.ts'

export const room: Room = { name: 'message', listeners, rounds }
