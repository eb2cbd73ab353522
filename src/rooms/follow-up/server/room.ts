import type { Room } from '../../../platform/context/room.ts'

export const room: Room = { name: 'follow-up' }
