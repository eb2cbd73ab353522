import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Db, Transaction } from '../database/database.ts'
import type { Sealer } from '../pii/sealer.ts'
import { heldBack, ok, type Answer, type NotOk, type Refusal } from './answer.ts'
import './table.ts'

/** Where an account's access token comes from. */
export interface TokenSource {
  /** Whose it is, such as `wechat:wx0123456789abcdef`: an organization has one row per holder. */
  holder: string
  /** It is renewed when no more than this is left; 0 where the server hands out the same one until its end. */
  marginSeconds: number
  /** @param force makes the server throw away the one it has handed out */
  fetch(force: boolean): Promise<Answer<{ token: string; seconds: number }>>
}

/** The one access token that all processes of the house share for an account. */
export interface AccessTokens {
  current(source: TokenSource): Promise<Answer<string>>
  /** After the server has refused `stale`: whoever comes first fetches another, the others get that one. */
  renewed(source: TokenSource, stale: string): Promise<Answer<string>>
}

export interface TokenHouse {
  /** Not a transaction: a token that was fetched stays fetched, whatever becomes of what it was for. */
  db: Db
  organizationId: string
  sealer: Sealer
  clock: Clock
}

/**
 * Tokens in the table `access_token`, sealed. They are fetched under the row's lock, so that two processes that miss one at
 * once ask once: each new token would make the other's useless, and the fetches of a day are counted. After a fetch that
 * failed nobody asks again for a while. Make one of these per organization and keep it: within a process it asks once
 * for all who wait, so that these hold no connections.
 */
export function accessTokens(house: TokenHouse): AccessTokens {
  const underWay = new Map<string, Promise<Answer<string>>>()
  const once = (key: string, start: () => Promise<Answer<string>>) => {
    const running = underWay.get(key)
    if (running) return running
    const promise = start().finally(() => underWay.delete(key))
    underWay.set(key, promise)
    return promise
  }
  return {
    async current(source) {
      const row = await find(house, source.holder)
      const token = row && usable(house, source, row)
      return token ? ok(token) : once(source.holder, () => underLock(house, source, null))
    },
    renewed: (source, stale) => once(`${source.holder} ${stale}`, () => underLock(house, source, stale)),
  }
}

interface Row {
  token_sealed: Buffer | null
  expires_at: Date | null
  retry_at: Date | null
  last_refusal: string | null
}

function usable({ organizationId, sealer, clock }: TokenHouse, source: TokenSource, row: Row): string | null {
  if (!row.token_sealed || !row.expires_at) return null
  const left = row.expires_at.getTime() - clock.now().getTime()
  return left > source.marginSeconds * 1000 ? sealer.open(organizationId, row.token_sealed) : null
}

async function underLock(house: TokenHouse, source: TokenSource, stale: string | null): Promise<Answer<string>> {
  try {
    return await house.db.transaction().execute(async (tx) => {
      await sql`set local lock_timeout = '25s'`.execute(tx)
      const row = await lock(tx, house.organizationId, source.holder)
      const known = usable(house, source, row)
      if (known && known !== stale) return ok(known)
      if (row.retry_at && row.retry_at > house.clock.now())
        return heldBack((row.last_refusal ?? 'busy') as Refusal, 'the last fetch failed a moment ago')
      return keep(house, tx, source, await fetchAnother(source, stale))
    })
  } catch (error) {
    // Another process has been fetching all the while.
    if ((error as { code?: string }).code === '55P03')
      return { kind: 'unreachable', text: 'the token is being fetched', uncertain: false }
    throw error
  }
}

/** Forcing is counted (20 a day) and takes the token from others who use it: only when the server insists on the stale one. */
async function fetchAnother(source: TokenSource, stale: string | null) {
  const fetched = await source.fetch(false)
  return fetched.kind === 'ok' && fetched.value.token === stale ? source.fetch(true) : fetched
}

async function keep(
  { organizationId, sealer, clock }: TokenHouse,
  tx: Transaction,
  { holder }: TokenSource,
  fetched: Answer<{ token: string; seconds: number }>,
): Promise<Answer<string>> {
  const now = clock.now()
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  const change =
    fetched.kind === 'ok'
      ? {
          token_sealed: sealer.seal(organizationId, fetched.value.token),
          expires_at: after(fetched.value.seconds),
          retry_at: null,
          last_refusal: null,
        }
      : {
          retry_at: after(pauseSeconds(fetched)),
          last_refusal: fetched.kind === 'unreachable' ? 'busy' : fetched.refusal,
        }
  await tx
    .updateTable('access_token')
    .set({ ...change, fetched_at: now, fetches: sql`fetches + 1` })
    .where('organization_id', '=', organizationId)
    .where('holder', '=', holder)
    .execute()
  return fetched.kind === 'ok' ? ok(fetched.value.token) : fetched
}

/** A wrong secret stays wrong until somebody mends it, a server that is busy is so for seconds. */
function pauseSeconds(answer: NotOk): number {
  if (answer.kind === 'unreachable' || answer.refusal === 'busy') return 5
  return answer.refusal === 'daily-quota' ? 900 : 60
}

const columns = ['token_sealed', 'expires_at', 'retry_at', 'last_refusal'] as const

function find({ db, organizationId }: TokenHouse, holder: string): Promise<Row | undefined> {
  return db
    .selectFrom('access_token')
    .select(columns)
    .where('organization_id', '=', organizationId)
    .where('holder', '=', holder)
    .executeTakeFirst()
}

async function lock(tx: Transaction, organizationId: string, holder: string): Promise<Row> {
  await tx
    .insertInto('access_token')
    .values({ organization_id: organizationId, holder })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx
    .selectFrom('access_token')
    .select(columns)
    .where('organization_id', '=', organizationId)
    .where('holder', '=', holder)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
