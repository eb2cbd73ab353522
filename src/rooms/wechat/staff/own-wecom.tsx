import { Alert, Checkbox } from 'antd'
import { Card, Facts, ProblemAlert, Stack, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { chooseOwnWeCom, readOwnWeCom, STAFF_TOPICS, type StaffTopic } from '../contract/staff-notice.ts'

const ABOUT = 'own-wecom'

/** On the page of one's own account: what comes to one's phone by WeCom. Nothing where the hospital has no WeCom. */
export function OwnWeComCard() {
  const t = useT('wechat')
  const say = useSay()
  const { data, error, refetch } = useApi(readOwnWeCom)
  const choose = useAction(chooseOwnWeCom, { invalidates: [readOwnWeCom] })
  if (error)
    return (
      <Card title={t('own.title')}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!data?.configured) return null
  const before = data.topics
  // Shown at once, and taken back by itself where it is refused.
  const shown = [...(choose.isPending ? choose.variables.body.topics : data.topics)]
  const put = (topics: readonly StaffTopic[]) => choose.mutateAsync({ body: { topics: [...topics] } })
  const undo = async () => {
    await put(before)
    say.done(t('own.undone'), ABOUT)
  }
  const change = async (topics: StaffTopic[]) => {
    try {
      await put(topics)
      say.undoable({ text: t('own.saved'), undo, about: ABOUT })
    } catch {
      // The refusal stands above the choice.
    }
  }
  return (
    <Card title={t('own.title')}>
      <Stack>
        <p className="pb-hint">{t('own.hint')}</p>
        {data.userId ? (
          <Facts items={[[t('own.account'), data.userId]]} />
        ) : (
          <Alert type="info" showIcon title={t('own.unknown')} />
        )}
        {data.refused && <Alert type="warning" showIcon title={t('own.refused', { code: data.refused })} />}
        <ProblemAlert problem={choose.error} />
        <Checkbox.Group<StaffTopic>
          value={shown}
          onChange={(topics) => void change(topics)}
          style={{ display: 'grid', gap: 8 }}
        >
          {STAFF_TOPICS.map((topic) => (
            <Checkbox key={topic} value={topic}>
              {t(`own.topic.${topic}`)}
            </Checkbox>
          ))}
        </Checkbox.Group>
        <p className="pb-hint">{t('own.night')}</p>
      </Stack>
    </Card>
  )
}
