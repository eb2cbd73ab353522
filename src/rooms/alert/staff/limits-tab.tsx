import { Alert, InputNumber } from 'antd'
import {
  Card,
  DraftForm,
  Facts,
  Field,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { confirmAlertLimits, getAlertLimits, type Limits } from '../contract/rule.ts'
import { CLASSES } from '../contract/words.ts'
import { spanWords } from './clock.tsx'

const STEPS = ['acknowledge', 'reach', 'close'] as const

/** Within how many minutes each step is to be done; proposals until somebody puts their name to them. */
export function LimitsTab() {
  const t = useT('alert')
  const say = useSay()
  const { data, error, refetch } = useApi(getAlertLimits)
  const confirm = useAction(confirmAlertLimits, {
    invalidates: [getAlertLimits],
    onDone: () => say.done(t('limits.saved')),
  })
  return (
    <Stack>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Card title={t('limits.title')}>
          {data.confirmed ? (
            <p className="pb-hint">
              {t('limits.confirmedBy', { name: data.confirmed.byName })} <InstantText at={data.confirmed.at} />
            </p>
          ) : (
            <Alert type="warning" showIcon title={t('limits.proposal')} style={{ marginBottom: 16 }} />
          )}
          {data.can.confirm ? (
            <DraftForm<Limits>
              key={data.version}
              name={`alert-limits-${data.version}`}
              initial={data.limits}
              submit={t('limits.save')}
              keepDraft={false}
              onSubmit={(limits) => confirm.mutateAsync({ body: { limits, version: data.version } })}
            >
              {CLASSES.flatMap((cls) =>
                STEPS.map((step) => (
                  <Field
                    key={`${cls} ${step}`}
                    name={[cls, step]}
                    label={t('limits.of', { class: t(`class.${cls}`), step: t(`limits.${step}`) })}
                    required
                    extra={spanWords(t, data.limits[cls][step] * 60_000)}
                  >
                    <InputNumber min={1} max={129_600} />
                  </Field>
                )),
              )}
            </DraftForm>
          ) : (
            <Facts
              items={CLASSES.flatMap((cls) =>
                STEPS.map(
                  (step) =>
                    [
                      t('limits.of', { class: t(`class.${cls}`), step: t(`limits.${step}`) }),
                      spanWords(t, data.limits[cls][step] * 60_000),
                    ] as const,
                ),
              )}
            />
          )}
        </Card>
      )}
    </Stack>
  )
}
