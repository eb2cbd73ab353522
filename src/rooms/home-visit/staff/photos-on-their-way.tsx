import { Alert, Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Card, ProblemAlert, Stack, useT } from '../../../platform/web/index.ts'
import type { VisitView } from '../contract/words.ts'
import type { TakenPhoto } from './photo-picker.tsx'
import { sendPhotos } from './send-photos.ts'

export interface PhotosOnTheirWayProps {
  visit: Pick<VisitView, 'id'>
  photos: readonly TakenPhoto[]
  onArrived: (key: string) => void
  onAll: () => void
}

/** The visit is kept; its photos go one by one, and wait in this page while the line is gone. */
export function PhotosOnTheirWay({ visit, photos, onArrived, onAll }: PhotosOnTheirWayProps) {
  const t = useT('home-visit')
  const [all] = useState(photos)
  const [waiting, setWaiting] = useState(false)
  const [problem, setProblem] = useState<Error>()
  const [attempt, setAttempt] = useState(0)
  const left = useRef(photos)
  left.current = photos
  const told = useRef({ onArrived, onAll })
  told.current = { onArrived, onAll }
  useEffect(() => {
    const stop = new AbortController()
    const send = async () => {
      try {
        const ways = {
          signal: stop.signal,
          onWaiting: setWaiting,
          onArrived: (key: string) => told.current.onArrived(key),
        }
        await sendPhotos(visit.id, left.current, ways)
        if (!stop.signal.aborted) told.current.onAll()
      } catch (error) {
        setProblem(error as Error)
      }
    }
    void send()
    return () => stop.abort()
  }, [visit.id, attempt])
  const again = () => {
    setProblem(undefined)
    setAttempt((count) => count + 1)
  }
  const sent = all.length - photos.length
  return (
    <Card title={t('photo.sending')}>
      <Stack>
        <p role="status">{t('photo.sent', { sent, count: all.length })}</p>
        <Progress percent={all.length === 0 ? 100 : Math.round((sent / all.length) * 100)} showInfo={false} />
        {waiting && <Alert type="info" showIcon title={t('photo.waiting')} />}
        {problem && <ProblemAlert problem={problem} onRetry={again} />}
        {problem && (
          <div>
            <Button onClick={onAll}>{t('photo.goOn')}</Button>
          </div>
        )}
      </Stack>
    </Card>
  )
}
