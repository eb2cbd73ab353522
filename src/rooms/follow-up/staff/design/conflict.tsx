import { Alert, Button } from 'antd'
import { Loading, ProblemAlert, Row, Stack, useApi, useT } from '../../../../platform/web/index.ts'
import { getProtocol } from '../../contract/catalogue.ts'
import { useSaid } from '../words.ts'
import { compare } from './compare.ts'
import { useDesign } from './context.ts'
import type { LocalCopy } from './use-draft.ts'

/** Somebody else kept theirs meanwhile. Both are shown, a person decides, and the other one stays one step back. */
export function Conflict({
  onTheirs,
  onMine,
}: {
  onTheirs: (theirs: LocalCopy) => void
  onMine: (theirs: LocalCopy) => void
}) {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition } = useDesign()
  const { data, error, refetch } = useApi(getProtocol, { params: { code: definition.code } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  const row = data?.versions[0]
  if (!row) return <Loading lines={2} />
  const isDraft = row.state === 'draft'
  // Published meanwhile: ours begins the next version.
  const theirs: LocalCopy = { definition: row.definition, revision: isDraft ? row.revision : 0 }
  const { added, removed, changed, isWhole } = compare(row.definition, definition)
  const lines = [
    isWhole ? t('design.conflict.whole') : '',
    added.length > 0 ? t('design.conflict.added', { names: added.map(({ name }) => said(name)).join(t('comma')) }) : '',
    removed.length > 0
      ? t('design.conflict.removed', { names: removed.map(({ name }) => said(name)).join(t('comma')) })
      : '',
    changed.length > 0
      ? t('design.conflict.changed', { names: changed.map(({ name }) => said(name)).join(t('comma')) })
      : '',
  ].filter(Boolean)
  return (
    <Alert
      type="warning"
      title={t(isDraft ? 'design.conflict.title' : 'design.conflict.published', {
        name: (isDraft ? row.author : row.publisher) ?? t('design.conflict.somebody'),
      })}
      description={
        <Stack tight>
          <span>{t('design.conflict.hint')}</span>
          <ul className="pb-path-changes">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <Row>
            <Button type="primary" onClick={() => onMine(theirs)}>
              {t('design.conflict.mine')}
            </Button>
            <Button onClick={() => onTheirs(theirs)}>{t('design.conflict.theirs')}</Button>
          </Row>
        </Stack>
      }
    />
  )
}
