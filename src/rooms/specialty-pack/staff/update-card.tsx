import { Button } from 'antd'
import { Card, Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { updatePack, type PackView } from '../contract/specialty-pack.ts'
import { WillDo } from './will-do.tsx'
import { CHANGED, useSaid } from './words.ts'

/** A newer version: what it changes, to take or to leave. */
export function UpdateCard({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  const said = useSaid()
  const say = useSay()
  const update = useAction(updatePack, { invalidates: CHANGED })
  const decide = (take: boolean) =>
    update.mutate(
      { params: { code: pack.code }, body: { version: pack.version, take, revision: pack.revision } },
      { onError: say.problem, onSuccess: () => say.done(t(take ? 'said.updated' : 'said.left')) },
    )
  return (
    <Card title={t('update.title', { from: pack.installedVersion, to: pack.version })}>
      <Stack>
        {said(pack.changes) && <p>{said(pack.changes)}</p>}
        <WillDo pack={pack} />
        {pack.can.update && (
          <Row>
            <Button type="primary" loading={update.isPending} onClick={() => decide(true)}>
              {t('update.take')}
            </Button>
            <Button onClick={() => decide(false)}>{t('update.leave')}</Button>
          </Row>
        )}
      </Stack>
    </Card>
  )
}
