import { Button, Radio } from 'antd'
import { useState } from 'react'
import { Card, Loading, ProblemAlert, Stack, useAction, useApi, useSay, useT, type T } from '../../../platform/web/index.ts'
import { assignDoctor, listDoctors } from '../contract/assign-doctor.ts'
import type { TaskLine } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

type Doctor = NonNullable<ReturnType<typeof useApi<typeof listDoctors>>['data']>['doctors'][number]

/** P2: the choice of the responsible doctor, with what everybody looks after already. */
export function AssignDoctor({ task }: { task: TaskLine }) {
  const t = useT('task')
  const say = useSay()
  const [chosen, setChosen] = useState<string>()
  const { data, error, refetch } = useApi(listDoctors)
  const assign = useAction(assignDoctor, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ next }) => say.done(next.executor ? t('said.assigned', { name: next.executor.name }) : t('said.assignedToPool')),
  })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const doctor = data.doctors.find(({ id }) => id === chosen)
  return (
    <Card title={t('assign.title')}>
      <Stack>
        <ProblemAlert problem={assign.error} onRetry={() => void refetch()} />
        {data.doctors.length === 0 && <p className="pb-hint">{t('assign.none')}</p>}
        <Radio.Group value={chosen} onChange={({ target }) => setChosen(target.value as string)} aria-label={t('assign.title')}>
          <Stack tight>
            {data.doctors.map((one) => (
              <Radio key={one.id} value={one.id} style={{ alignItems: 'flex-start' }}>
                <DoctorLine doctor={one} />
              </Radio>
            ))}
          </Stack>
        </Radio.Group>
        <div>
          <Button
            type="primary"
            disabled={!doctor}
            loading={assign.isPending}
            onClick={() => doctor && assign.mutate({ params: { taskId: task.id }, body: { doctorId: doctor.id } })}
          >
            {doctor ? t('assign.to', { name: doctor.name }) : t('assign.choose')}
          </Button>
        </div>
      </Stack>
    </Card>
  )
}

function DoctorLine({ doctor }: { doctor: Doctor }) {
  const t = useT('task')
  return (
    <span>
      <span>{[doctor.name, doctor.title].filter(Boolean).join(' ')}</span>{' '}
      <span className="pb-hint">{[doctor.departmentName, t('assign.customers', { count: doctor.customers })].filter(Boolean).join(' · ')}</span>
      <span className="pb-hint" style={{ display: 'block' }}>
        {managersLine(t, doctor)}
      </span>
    </span>
  )
}

/** Who would complete the record, and how busy they are. */
function managersLine(t: T, { managers }: Doctor): string {
  if (managers.length === 0) return t('assign.noManager')
  return t('assign.managers', { list: managers.map(({ name, customers }) => `${name} ${customers}`).join(t('comma')) })
}
