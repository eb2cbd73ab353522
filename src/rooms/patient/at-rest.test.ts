import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import {
  changePatient,
  checkDuplicates,
  registerNewPatient,
  searchPatients,
  setMainWorry,
  unmask,
} from './contract/patient.ts'
import { listProposals, mergePatients, undoMerge } from './contract/merge.ts'
import { activateCard, openCard, sendCode } from '../card/contract/card.ts'

const house = await aHouse({ policies: false })

const SECRETS = [
  '13911112222',
  '13933334444',
  '13955556666',
  '51343620000320711X',
  'E98761234',
  'secret.person@example.com',
]

/** Every table that holds one of these texts in any column, read as whoever has stolen the disk. */
async function tablesWith(secrets: readonly string[]): Promise<string[]> {
  const { pool } = house.house.databases
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'pgboss')`,
  )
  const found: string[] = []
  for (const { name } of tables)
    for (const secret of secrets) {
      // Text as it stands, and the bytes of it, which is how a bytea column would show them.
      const { rows } = await pool.query(
        `select from ${name} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0 limit 1`,
        [secret, Buffer.from(secret).toString('hex')],
      )
      if (rows.length > 0) found.push(`${name}: ${secret}`)
    }
  return found
}

test('no phone, paper or e-mail stands in clear in any column of any table, after everything that is done with them', async () => {
  const desk = await house.as(['front-desk', 'service-manager'])
  const { patient } = await desk.call(registerNewPatient, {
    body: {
      name: '秘密人',
      paper: { kind: 'national-id', number: '51343620000320711X' },
      phone: '13911112222',
      email: 'secret.person@example.com',
    },
  })
  const params = { patientId: patient.id }
  await desk.call(changePatient, { params, body: { version: 1, changes: { phone: '13933334444' } } })
  await desk.call(setMainWorry, { params, body: { text: '怕' } })
  for (const field of ['phone', 'paper', 'email'] as const) await desk.call(unmask, { params, body: { field } })
  for (const q of SECRETS) await desk.call(searchPatients, { query: { q } })
  await desk.call(checkDuplicates, {
    body: { name: '秘密人', phone: '13933334444', paper: { kind: 'passport', number: 'E98761234' } },
  })
  await desk.try(registerNewPatient, {
    body: { name: '秘密人', paper: { kind: 'national-id', number: '51343620000320711X' } },
  })
  const guardian = { relation: 'mother' as const, name: '某某', phone: '13955556666' }
  await desk.call(registerNewPatient, { body: { name: '小孩', birthDate: '2020-01-01', guardian } })

  const double = await desk.call(registerNewPatient, {
    body: {
      name: '秘密人',
      phone: '13933334444',
      birthDate: '2000-03-20',
      paper: { kind: 'passport', number: 'E98761234' },
    },
  })
  expect(double.proposals).toBe(1)
  const proposal = (await desk.call(listProposals)).rows[0]!
  const merged = await desk.call(mergePatients, {
    params: { proposalId: proposal.id },
    body: { intoId: patient.id, chosen: {}, reason: '护照与身份证是同一人' },
  })
  await desk.call(undoMerge, { params: { mergeId: merged.mergeId }, body: { reason: '还是两个人' } })

  const { card } = await desk.call(openCard, {
    body: { patientId: patient.id, consents: [{ purpose: 'health-record', granted: true, textVersion: '1' }] },
  })
  await desk.call(sendCode, { params: { cardId: card.id } })
  await desk.call(activateCard, { params: { cardId: card.id }, body: { code: '000000' } })
  await house.settle()

  expect(await tablesWith(SECRETS)).toEqual([])
  // The search itself works: the name, which is not sealed, is found by it.
  expect(await tablesWith(['秘密人'])).toContain('patient: 秘密人'.replace('patient', 'public.patient'))
})
