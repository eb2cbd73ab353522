import { Button } from 'antd'
import {
  Card,
  FileDrop,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import {
  confirmReference,
  importReference,
  listReferences,
  retireReference,
  type ReferenceState,
  type ReferenceView,
} from '../contract/growth.ts'
import { REFERENCES_CHANGED } from './changed.ts'
import { useWords } from './words.ts'

const TONES: Record<ReferenceState, 'plain' | 'good' | 'due'> = {
  shipped: 'good',
  active: 'good',
  waiting: 'due',
  retired: 'plain',
}

/** What children are compared with; one person imports, a physician confirms. */
export function ReferenceList() {
  const t = useT('growth')
  const say = useSay()
  const { data, error, refetch } = useApi(listReferences)
  return (
    <Stack>
      <p className="pb-hint">{t('reference.hint')}</p>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      {data && (
        <Stack>
          {data.rows.map((one) => (
            <Reference key={`${one.code}@${one.version}`} reference={one} />
          ))}
          {data.can.import && (
            <Card title={t('reference.import')}>
              <p style={{ marginBottom: 12 }}>{t('reference.importHint')}</p>
              <FileDrop
                endpoint={importReference}
                accept=".json,.gz,.csv"
                invalidates={REFERENCES_CHANGED}
                hint={t('reference.formats')}
                words={{ drop: t('reference.drop'), uploading: (percent) => t('reference.uploading', { percent }) }}
                onDone={() => say.done(t('reference.imported'))}
              />
            </Card>
          )}
        </Stack>
      )}
    </Stack>
  )
}

function Reference({ reference }: { reference: ReferenceView }) {
  const t = useT('growth')
  const inWords = useWords()
  const { code, version, state } = reference
  return (
    <Card title={inWords(reference.title)} extra={<Status tone={TONES[state]}>{t(`referenceState.${state}`)}</Status>}>
      <p style={{ margin: 0 }}>
        <span className="pb-number">
          {code}@{version}
        </span>{' '}
        · {t('reference.licence', { licence: reference.licence })}
        {reference.children > 0 && ` · ${t('reference.children', { count: reference.children })}`}
      </p>
      <p className="pb-hint">{reference.source}</p>
      <ul className="pb-hint" style={{ columns: '18em auto', paddingInlineStart: 18 }}>
        {reference.tables.map((table, n) => (
          <li key={n}>
            {t('reference.table', {
              measure: t(`measure.${table.measure}`),
              sex: t(`sex.${table.sex}`),
              from: table.from,
              to: table.to,
              by: t(`by.${table.by}`),
              rows: table.rows,
              kind: t(`tableKind.${table.kind}`),
            })}
          </li>
        ))}
      </ul>
      {reference.importedBy && (
        <p className="pb-hint">
          {t('reference.importedBy', { name: reference.importedBy })} <InstantText at={reference.importedAt} />
          {reference.confirmedBy && (
            <>
              {' · '}
              {t('reference.confirmedBy', { name: reference.confirmedBy })} <InstantText at={reference.confirmedAt} />
            </>
          )}
        </p>
      )}
      <Acts reference={reference} />
    </Card>
  )
}

function Acts({ reference }: { reference: ReferenceView }) {
  const t = useT('growth')
  const say = useSay()
  const options = (said: string) => ({ invalidates: REFERENCES_CHANGED, onDone: () => say.done(t(said)) })
  const confirm = useAction(confirmReference, options('reference.confirmed'))
  const retire = useAction(retireReference, options('reference.retired'))
  const { can, code, version, state } = reference
  const input = { params: { code, version } }
  if (!can.confirm && !can.retire) return state === 'waiting' ? <p className="pb-hint">{t('reference.waits')}</p> : null
  return (
    <Row>
      {can.confirm && (
        <Button
          type="primary"
          loading={confirm.isPending}
          onClick={() => confirm.mutate(input, { onError: say.problem })}
        >
          {t('reference.confirm')}
        </Button>
      )}
      {can.retire && (
        <Button
          danger
          type="text"
          loading={retire.isPending}
          onClick={() => retire.mutate(input, { onError: say.problem })}
        >
          {t(state === 'waiting' ? 'reference.discard' : 'reference.retire', { count: reference.children })}
        </Button>
      )}
    </Row>
  )
}
