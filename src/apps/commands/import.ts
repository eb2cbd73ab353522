import { importFiles, processIntake } from '../../rooms/report-intake/server/index.ts'
import { CommandRefused, type Command } from './command.ts'
import { withHouse } from './with-house.ts'

export const importCommand: Command = {
  name: 'import',
  usage: 'import [--organization NAME] FILE…',
  zh: '导入报告文件（HL7 v2 文本，FHIR 的 .json、.ndjson，均可为 .gz）',
  en: 'import files of reports (HL7 v2 text, FHIR .json and .ndjson, each also .gz)',
  async run(args) {
    const at = args.indexOf('--organization')
    const wanted = at >= 0 ? args[at + 1] : undefined
    const files = args.filter((_arg, index) => at < 0 || (index !== at && index !== at + 1))
    if (files.length === 0) throw new CommandRefused('请给出要导入的文件。 Name the files to import.')
    await withHouse(async ({ house }) => {
      const tenants = await house.tenants()
      const tenant = wanted ? tenants.find((one) => one.id === wanted || one.name === wanted) : tenants[0]
      if (!tenant || (!wanted && tenants.length > 1))
        throw new CommandRefused(
          `请用 --organization 指明机构：${tenants.map((one) => one.name).join('、')}。 Say which organization by --organization.`,
        )
      const { messages, unknown } = await importFiles(house, tenant, files)
      let processed = 0
      for (let count = 1; count > 0; processed += count) {
        count = await processIntake(house, tenant)
        if (count > 0) process.stdout.write(`\r${processed + count}`)
      }
      console.log(`\n已收下 ${messages} 条，已处理 ${processed} 条。 ${messages} kept, ${processed} processed.`)
      if (unknown.length > 0)
        throw new CommandRefused(`不认识的文件类型： Files of no known kind: ${unknown.join(' ')}`)
    })
  },
}
