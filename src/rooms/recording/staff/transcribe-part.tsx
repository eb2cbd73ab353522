import { Switch } from 'antd'
import { ProblemAlert, Row, Stack, Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { changeSettings, readSettings, type RecordingSettings } from '../contract/settings.ts'

/** 转成文字: whether something is connected that does it, on or off, and how far it has come. */
export function TranscribePart({ settings }: { settings: RecordingSettings }) {
  const t = useT('recording')
  const say = useSay()
  const { enabled, recogniser, counts } = settings.transcribe
  const save = useAction(changeSettings, { invalidates: [readSettings], onDone: () => say.done(t('settings.saved')) })
  const set = (transcribe: boolean) =>
    save.mutate({
      body: {
        enabled: settings.enabled,
        transcribe,
        classes: settings.classes.map(({ code, enabled: isOn, keepMonths }) => ({ code, enabled: isOn, keepMonths })),
        revision: settings.revision,
      },
    })
  const sum = (state: string) => counts.reduce((all, one) => (one.state === state ? all + one.count : all), 0)
  if (!recogniser && !enabled)
    return (
      <Stack tight>
        <Status tone="plain">{t('settings.text.none')}</Status>
        <p className="pb-hint">{t('settings.text.noneHint')}</p>
      </Stack>
    )
  return (
    <Stack tight>
      <ProblemAlert problem={save.error} />
      <Row>
        <Switch
          aria-label={t('settings.text.title')}
          checked={enabled}
          loading={save.isPending}
          disabled={!enabled && !settings.line.transcript}
          onChange={set}
        />
        <span>{recogniser ? t('settings.text.by', { name: recogniser }) : t('settings.text.gone')}</span>
      </Row>
      <p className="pb-hint">{t(settings.line.transcript ? 'settings.text.hint' : 'settings.text.lineFirst')}</p>
      {(enabled || counts.length > 0) && (
        <p>{t('settings.text.counts', { done: sum('done'), waiting: sum('waiting'), failed: sum('failed') })}</p>
      )}
      {counts
        .filter(({ why }) => why !== null)
        .map(({ state, why, count }) => (
          <p key={`${state} ${why}`} className="pb-hint">
            {t('settings.text.because', { count, why: t(`transcript.why.${why!}`) })}
          </p>
        ))}
    </Stack>
  )
}
