import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { systemActor, type Actor, type Tenant } from '../../platform/context/context.ts'
import { write, type House } from '../../platform/context/house.ts'
import { closeRenderer, order, readPrinted } from '../../rooms/health-report/server/index.ts'
import { CommandRefused, type Command } from './command.ts'
import { withHouse } from './with-house.ts'

export const reportCommand: Command = {
  name: 'report',
  usage: 'report PATIENT',
  zh: '把一位客户最近一次检查打印成 PDF（病案号、卡号或编号）',
  en: "print a patient's newest examination as PDF (record number, card number or id)",
  async run([who, ...rest]) {
    if (!who || rest.length > 0)
      throw new CommandRefused(
        '请给出一位客户的病案号、卡号或编号。 Name one patient by record number, card number or id.',
      )
    await withHouse(async ({ house, rooms }) => {
      const { tenant, patientId } = await find(house, who)
      // Whoever may run this owns the machine; the audit log says that it was the command line.
      const actor: Actor = systemActor(tenant.id, 'peiban report')
      const ordered = await write(house, { tenant, actor }, async (ctx) => {
        const report = await order(ctx, patientId, { language: tenant.locale })
        await house.recordAudit(
          ctx.tx,
          {
            organizationId: tenant.id,
            actor,
            action: 'health-report.print',
            outcome: 'done',
            patientId,
            subjectId: report.id,
            detail: { by: 'command line' },
            requestId: null,
            address: null,
          },
          ctx.clock.now(),
          ctx.ids,
        )
        return report
      })
      try {
        await house.jobs.drain(house, rooms.find((room) => room.name === 'health-report')?.jobs ?? [])
        const pdf = await readPrinted(house, tenant.id, ordered.id)
        const file = resolve(`${ordered.number}.pdf`)
        await writeFile(file, pdf, { mode: 0o600 })
        console.log(file)
      } finally {
        await closeRenderer()
      }
    })
  },
}

async function find(house: House, who: string): Promise<{ tenant: Tenant; patientId: string }> {
  const found: { tenant: Tenant; patientId: string }[] = []
  for (const tenant of await house.tenants()) {
    const rows = await house.databases
      .of(tenant.id)
      .selectFrom('patient as p')
      .select('p.id')
      .where('p.organization_id', '=', tenant.id)
      .where('p.state', '<>', 'merged')
      .where((eb) =>
        eb.or([
          eb('p.record_number', '=', who),
          ...(/^[0-9a-f-]{36}$/.test(who) ? [eb('p.id', '=', who)] : []),
          eb.exists(
            eb
              .selectFrom('card as c')
              .select('c.id')
              .whereRef('c.organization_id', '=', 'p.organization_id')
              .whereRef('c.patient_id', '=', 'p.id')
              .where('c.number', '=', who),
          ),
        ]),
      )
      .limit(2)
      .execute()
    found.push(...rows.map((row) => ({ tenant, patientId: row.id })))
  }
  if (found.length !== 1)
    throw new CommandRefused(
      found.length === 0
        ? `没有找到客户 ${who}。 No patient ${who}.`
        : `${who} 对应不止一位客户，请用编号。 ${who} names more than one patient: use the id.`,
    )
  return found[0]!
}
