import { Segmented } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import {
  Card,
  DataTable,
  Empty,
  Page,
  Status,
  useAddress,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type PagesResult,
  type T,
} from '../../../platform/web/index.ts'
import { listCodes, type LaboratoryCode } from '../contract/codes.ts'
import { CodeDrawer } from './code-drawer.tsx'
import { useNext } from './queue.tsx'

const STATES = ['open', 'mapped', 'ignored'] as const
const addressSchema = z.object({ state: z.enum(STATES).default('open') })

/** 项目对照: one row per item that could not be told for sure. */
export function CodesPage() {
  const t = useT('report-intake')
  const [{ state }, change] = useAddress(addressSchema)
  const opened = useOpened('code')
  const rows = useApiPages(listCodes, { query: { state } }) as unknown as PagesResult<LaboratoryCode>
  const columns = useMemo(() => columnsOf(t), [t])
  const next = useNext(opened, rows)
  return (
    <Page title={t('nav.codes')} hint={t('code.hint')}>
      <Card flush>
        <DataTable<LaboratoryCode>
          name={`intake-codes-${state}`}
          label={t('nav.codes')}
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          onOpen={({ id }) => opened.open(id)}
          toolbar={
            <Segmented
              aria-label={t('code.which')}
              value={state}
              onChange={(value) => change({ state: value === 'open' ? undefined : value })}
              options={STATES.map((value) => ({ value, label: t(`code.state.${value}`) }))}
            />
          }
          empty={<Empty title={t(`code.empty.${state}`)} hint={t('code.emptyHint')} />}
        />
      </Card>
      <CodeDrawer codeId={opened.id} onClose={opened.close} onNext={next} />
    </Page>
  )
}

function columnsOf(t: T): Column<LaboratoryCode>[] {
  return [
    {
      key: 'name',
      title: t('code.name'),
      render: ({ name, code }) => (
        <>
          {name} {name !== code && <span className="pb-hint pb-number">{code}</span>}
        </>
      ),
    },
    {
      key: 'unit',
      title: t('code.unit'),
      render: ({ unit }) => unit || <span className="pb-hint">{t('code.noUnit')}</span>,
    },
    {
      key: 'examples',
      title: t('code.examples'),
      render: ({ examples }) => <span className="pb-number">{examples.join('、')}</span>,
    },
    {
      key: 'problem',
      title: t('code.problem'),
      render: ({ problem, state, target }) =>
        state === 'mapped' && target ? (
          `→ ${target.name}`
        ) : (
          <Status tone={problem === 'likely' ? 'low' : 'due'}>{t(`code.problemOf.${problem}`)}</Status>
        ),
      card: 'aside',
    },
    { key: 'proposed', title: t('code.proposed'), render: ({ proposed }) => proposed?.name },
    { key: 'reach', title: t('code.reach'), number: true, render: ({ reach }) => reach },
    { key: 'system', title: t('overview.source'), render: ({ system }) => system },
  ]
}
