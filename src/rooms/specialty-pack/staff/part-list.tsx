import { Card, DataTable, Empty, Stack, Status, useT, type Column, useShipped } from '../../../platform/web/index.ts'
import type { PackView, PartView } from '../contract/specialty-pack.ts'
import { standingOf, useSaid } from './words.ts'

/** What a pack holds, by kind; each part opens in the room that owns it. */
export function PartList({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  const shipped = useShipped()
  const said = useSaid()
  const isUsed = pack.installedVersion !== null
  const columns: Column<PartView>[] = [
    {
      key: 'name',
      title: t('field.part'),
      render: ({ name }) => said(name),
    },
    { key: 'kind', title: t('field.kind'), render: ({ kind }) => t(`kind.${kind}`), widthPx: 120 },
    {
      key: 'standing',
      title: t('field.standing'),
      render: (part) => <Standing part={part} isUsed={isUsed} />,
      card: 'aside',
    },
    { key: 'remark', title: t('field.remark'), render: (part) => <Remark part={part} />, widthPx: 140 },
    {
      key: 'source',
      title: t('field.source'),
      render: ({ source, own }) => (
        <span className="pb-hint">{(source && shipped(source)) || t(own ? 'page.noSource' : 'page.inItsRoom')}</span>
      ),
    },
  ]
  return (
    <Card title={t('page.content', { count: pack.content.length })} flush>
      <DataTable
        name="specialty-pack-parts"
        label={t('page.content', { count: pack.content.length })}
        rows={pack.content}
        columns={columns}
        rowKey={({ kind, code }) => `${kind} ${code}`}
        rowName={(part) => said(part.name)}
        to={({ link, standing }) => (standing === 'absent' ? `/specialty-packs/${pack.code}` : link)}
        empty={<Empty title={t('list.empty')} />}
      />
    </Card>
  )
}

function Standing({ part, isUsed }: { part: PartView; isUsed: boolean }) {
  const t = useT('specialty-pack')
  const { key, tone } = standingOf(part, isUsed)
  return (
    <Stack tight>
      <Status tone={tone}>{t(`standing.${key}`)}</Status>
      {part.draft !== null && <Status tone="due">{t('standing.further', { version: part.draft })}</Status>}
    </Stack>
  )
}

function Remark({ part }: { part: PartView }) {
  const t = useT('specialty-pack')
  if (part.plan === 'taken') return <>{t('remark.taken')}</>
  if (part.changedHere) return <>{t('remark.changedHere')}</>
  if (part.plan === 'off') return <>{t('remark.off')}</>
  return <span className="pb-hint">{t(part.own ? 'remark.own' : 'remark.shared')}</span>
}
