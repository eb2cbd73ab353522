import type { Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Channel } from './table.ts'

/** What is agreed with a sender. */
export interface SourceRule {
  sending: string
  receiving: string
  address: string
  timeZone: string | null
  ackMode: 'honour' | 'original'
  testMessages: 'set-aside' | 'accept'
  register: 'by-channel' | 'never' | 'complete'
  numbering: 'auto' | 'unique'
}

/** A sender as it shows itself: MSH-3/4, MSH-5/6 and the network address. */
export interface Sender {
  sending: string
  receiving: string
  address: string
}

export const DEFAULT_RULE: SourceRule = {
  sending: '',
  receiving: '',
  address: '',
  timeZone: null,
  ackMode: 'honour',
  testMessages: 'set-aside',
  register: 'by-channel',
  numbering: 'auto',
}

/** How well a rule fits: how many of its fields do; -1 when one does not. */
export function fitOf(rule: Pick<SourceRule, 'sending' | 'receiving' | 'address'>, sender: Sender): number {
  const same = (wanted: string, is: string) => wanted === is
  const checks: [string, boolean][] = [
    [rule.sending, same(rule.sending, sender.sending)],
    [rule.receiving, same(rule.receiving, sender.receiving)],
    [rule.address, sender.address.replace(/^::ffff:/, '').startsWith(rule.address)],
  ]
  const asked = checks.filter(([wanted]) => wanted !== '')
  return asked.every(([, fits]) => fits) ? asked.length : -1
}

/** The rule that fits a sender best; the defaults when none does. */
export function ruleFor(rules: readonly SourceRule[], sender: Sender): SourceRule {
  const fitting = rules.map((rule) => ({ rule, fit: fitOf(rule, sender) })).filter(({ fit }) => fit >= 0)
  return fitting.toSorted((a, b) => b.fit - a.fit)[0]?.rule ?? DEFAULT_RULE
}

export async function findRules(db: Db, organizationId: string): Promise<SourceRule[]> {
  const rows = await db.selectFrom('intake_source').selectAll().where('organization_id', '=', organizationId).execute()
  return rows.map((row) => ({
    sending: row.sending,
    receiving: row.receiving,
    address: row.address,
    timeZone: row.time_zone,
    ackMode: row.ack_mode,
    testMessages: row.test_messages,
    register: row.register,
    numbering: row.numbering,
  }))
}

/** Whether somebody unknown with a complete identity becomes a patient without a person having looked. */
export function registersUnknown(rule: SourceRule, channel: Channel): boolean {
  if (rule.register !== 'by-channel') return rule.register === 'complete'
  // A FHIR transaction asks for the Patient to be created, and an operator who imports a file says so too.
  return channel === 'fhir' || channel === 'command'
}

export interface SourceDirectory {
  /** Whose a message is that says for whom it is only by its header; undefined when several could be meant or none. */
  find(sender: Sender): Promise<{ tenant: Tenant; rule: SourceRule } | undefined>
}

const KEPT_MS = 2000

/** Reads the rules of all organizations and keeps them for two seconds. */
export function sourceDirectory(house: House): SourceDirectory {
  let known: { tenant: Tenant; rules: SourceRule[] }[] = []
  let freshUntil = 0
  const refresh = async (): Promise<void> => {
    const until = house.clock.now().getTime() + KEPT_MS
    const tenants = await house.tenants()
    known = await Promise.all(
      tenants.map(async (tenant) => ({ tenant, rules: await findRules(house.databases.of(tenant.id), tenant.id) })),
    )
    freshUntil = until
  }
  return {
    async find(sender) {
      if (house.clock.now().getTime() >= freshUntil) {
        // With the database away the last known rules still serve to answer in the sender's own way.
        await refresh().catch((error: unknown) => {
          if (known.length === 0) throw error
        })
      }
      const [only, ...others] = known
      if (only && others.length === 0) return { tenant: only.tenant, rule: ruleFor(only.rules, sender) }
      const fits = known
        .flatMap(({ tenant, rules }) => rules.map((rule) => ({ tenant, rule, fit: fitOf(rule, sender) })))
        .filter(({ fit }) => fit > 0)
        .toSorted((a, b) => b.fit - a.fit)
      const [best, second] = fits
      if (!best || (second?.fit === best.fit && second.tenant.id !== best.tenant.id)) return undefined
      return best
    },
  }
}
