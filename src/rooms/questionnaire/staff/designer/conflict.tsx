import { Alert, Button } from 'antd'
import { Loading, ProblemAlert, Row, Stack, useApi, useT } from '../../../../platform/web/index.ts'
import type { Questionnaire } from '../../../../clinical/questionnaire/index.ts'
import { readDefinition, versionsOf } from '../../contract/questionnaire.ts'
import { ChangeList } from './change-list.tsx'
import { useDesign } from './context.ts'
import type { Draft } from './draft.ts'
import { compareDefinitions } from './compare.ts'

interface Theirs {
  revision: number
  draft: Draft
}

/** Somebody else kept theirs meanwhile. Both are shown, a person decides, and the other one stays one step back. */
export function Conflict({
  onTheirs,
  onMine,
}: {
  onTheirs: (theirs: Theirs) => void
  onMine: (theirs: Theirs) => void
}) {
  const t = useT('questionnaire')
  const { code, definition, words } = useDesign()
  const history = useApi(versionsOf, { params: { code } }, { keep: false })
  const row = history.data?.rows.find(({ state }) => state === 'draft') ?? history.data?.rows[0]
  const version = useApi(
    readDefinition,
    { params: { code, version: String(row?.version ?? 1) as never } },
    { enabled: row !== undefined, keep: false },
  )
  const error = history.error ?? version.error
  if (error)
    return <ProblemAlert problem={error} onRetry={() => void Promise.all([history.refetch(), version.refetch()])} />
  if (!row || !version.data) return <Loading lines={2} />
  const { data } = version
  const theirs: Theirs = {
    // Published meanwhile: ours begins the next version.
    revision: data.state === 'draft' ? data.revision : 0,
    draft: {
      definition: data.definition as unknown as Questionnaire,
      sensitivity: data.sensitivity,
      licence: data.licence,
      source: data.source,
    },
  }
  return (
    <Alert
      type="warning"
      title={t('design.conflict.title', { name: row.changedBy })}
      description={
        <Stack>
          <span>{t('design.conflict.hint')}</span>
          <ChangeList
            changes={compareDefinitions(data.definition, definition, words)}
            none={t('design.conflict.same')}
          />
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
