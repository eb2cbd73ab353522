import { join } from 'node:path'
import type { Room } from '../platform/context/room.ts'
import { ROOM_ORDER } from '../rooms/order.ts'

const SOURCE = join(import.meta.dirname, '..')

/** All rooms, as the apps assemble them. The order is that of the house; see rooms/order.ts. */
export async function loadRooms(): Promise<Room[]> {
  const rooms = await Promise.all(
    ROOM_ORDER.map(async (name) => (await import(`../rooms/${name}/server/room.ts`)) as { room: Room }),
  )
  return rooms.map(({ room }) => room)
}

/** Where migrations lie, in the order they are applied. */
export const migrationFolders = [
  { room: 'platform', folder: join(SOURCE, 'platform/database') },
  ...ROOM_ORDER.map((room) => ({ room, folder: join(SOURCE, 'rooms', room, 'server') })),
]

/** Where texts lie. */
export const localeFolders = [
  { room: 'platform', folder: join(SOURCE, 'platform') },
  ...ROOM_ORDER.map((room) => ({ room, folder: join(SOURCE, 'rooms', room) })),
]
