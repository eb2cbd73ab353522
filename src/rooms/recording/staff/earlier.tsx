import { useEffect, useState } from 'react'
import { Button } from 'antd'
import { InstantText, Row, SideDrawer, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { RecordingLine } from '../contract/words.ts'
import { minutesText } from './peaks.ts'
import { RecordingDetail } from './recording-drawer.tsx'
import { WithdrawPart } from './withdraw-part.tsx'

export interface EarlierProps {
  pieces: readonly RecordingLine[]
  /** A piece has been ended, or taken away. */
  onChange: () => void
}

/** The house closes what was cut off two minutes later: until then it is asked now and then. */
const EVERY_MS = 15_000

/** What was recorded of this call before its page was killed: that it is kept, from when, and how to hear it. */
export function Earlier({ pieces, onChange }: EarlierProps) {
  const t = useT('recording')
  const [openId, setOpenId] = useState<string>()
  const opened = pieces.find(({ id }) => id === openId)
  const waits = pieces.some(({ state }) => state === 'recording')
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(onChange, EVERY_MS)
    return () => clearInterval(timer)
  }, [waits, onChange])
  const close = () => {
    setOpenId(undefined)
    onChange()
  }
  return (
    <section aria-label={t('earlier.title')}>
      <Stack tight>
        <Status tone="good">{t('earlier.kept', { count: pieces.length })}</Status>
        <ul className="pb-player-answers">
          {pieces.map((piece) => (
            <li key={piece.id}>
              <Row>
                <span>
                  <InstantText at={piece.begunAt} /> {t('earlier.from')}{' '}
                  <span className="pb-number">{minutesText(piece.durationMs)}</span>
                </span>
                {piece.can.play && (
                  <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpenId(piece.id)}>
                    {t('earlier.hear')}
                  </Button>
                )}
              </Row>
              {piece.missing > 0 && <span className="pb-hint">{t('list.missing', { count: piece.missing })}</span>}
              {piece.state === 'recording' && <span className="pb-hint">{t('earlier.soon')}</span>}
            </li>
          ))}
        </ul>
        <p className="pb-hint">{t('earlier.goOn')}</p>
      </Stack>
      <SideDrawer title={t('list.one')} open={opened !== undefined} onClose={close} widthPx={520}>
        {opened && (
          <>
            <RecordingDetail key={opened.id} line={opened} />
            {opened.can.withdraw && <WithdrawPart line={opened} />}
          </>
        )}
      </SideDrawer>
    </section>
  )
}
