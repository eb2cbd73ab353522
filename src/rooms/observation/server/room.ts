import type { Room } from '../../../platform/context/room.ts'
import { mergeListeners } from './merge.ts'

export const room: Room = { name: 'observation', listeners: mergeListeners }
