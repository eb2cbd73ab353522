import pg from 'pg'
import { members, type PopulationOptions } from '../../../bench/population/index.ts'
import { copyInto } from '../../platform/database/copy.ts'
import { COLUMNS, newRows, type Rows } from './columns.ts'
import { addMember, type RowContext } from './member-rows.ts'

const CHUNK = 4000

export interface LoadOptions {
  /** Members in one transaction. */
  chunk?: number
  /** Runs in the transaction of each chunk, with the number of its members. */
  alongside?: (client: pg.ClientBase, members: number) => Promise<void>
}

/**
 * Copies a population into an organization. While PostgreSQL takes one chunk in, the next is made; each chunk is one
 * transaction, so an interrupted load leaves whole members.
 * @param url as the owner of the tables
 */
export async function loadPopulation(
  url: string,
  ctx: RowContext,
  options: PopulationOptions,
  onProgress: (loaded: number) => void = () => {},
  { chunk = CHUNK, alongside }: LoadOptions = {},
): Promise<{ members: number; observations: number }> {
  const client = new pg.Client({ connectionString: url, application_name: 'peiban-load' })
  await client.connect()
  await client.query('set synchronous_commit = off')
  let observations = 0
  let loaded = 0
  let copying: Promise<void> = Promise.resolve()
  // A failure of the copy under way is thrown by the next `await`; until then nobody else must trip over it.
  const settle = async (): Promise<void> => copying
  try {
    let rows = newRows()
    for (const member of members(options)) {
      addMember(rows, ctx, member)
      if (rows.patient.length < chunk) continue
      await settle()
      copying = copyChunk(client, rows, alongside)
      copying.catch(() => {})
      loaded += rows.patient.length
      observations += rows.observation.length
      onProgress(loaded)
      rows = newRows()
      // Making rows never pauses by itself: let the sockets have their turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
    await settle()
    await copyChunk(client, rows, alongside)
    loaded += rows.patient.length
    observations += rows.observation.length
    onProgress(loaded)
    await client.query(`analyze ${Object.keys(COLUMNS).join(', ')}`)
    return { members: loaded, observations }
  } finally {
    await client.end()
  }
}

async function copyChunk(client: pg.Client, rows: Rows, alongside: LoadOptions['alongside']): Promise<void> {
  await client.query('begin')
  try {
    for (const [table, columns] of Object.entries(COLUMNS))
      await copyInto(client, table, columns, rows[table as keyof Rows])
    await alongside?.(client, rows.patient.length)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
