import type { TrendEvent, TrendSeries } from '../chart/trend.ts'

/** Made-up people for the gallery; long and rare names among them. */
export interface FakePerson {
  id: string
  name: string
  sex: 'male' | 'female'
  birthDate: string
  phone: string
  dueOn: string | null
  state: 'due' | 'done' | 'late'
  glucose: number
  flag: 'H' | 'L' | 'N'
  doctor: string
}

const NAMES = ['王秀英', '李建国', '欧阳娜娜', '䶮㛃', '买买提·吐尔逊江·阿不都热合曼', '陈静', '刘洋', 'Alexandra Konstantinopoulou-Smythe', '赵敏', '周杰']

export function fakePeople(count: number, today: string): FakePerson[] {
  return Array.from({ length: count }, (_, i) => {
    const glucose = 3.2 + ((i * 37) % 60) / 10
    return {
      id: `p${i}`,
      name: NAMES[i % NAMES.length]!,
      sex: i % 3 === 0 ? 'female' : 'male',
      birthDate: `${1938 + ((i * 7) % 60)}-0${(i % 9) + 1}-15`,
      phone: `138****${String(1000 + i * 37).slice(-4)}`,
      dueOn: i % 7 === 6 ? null : shift(today, (i % 12) - 4),
      state: (['due', 'done', 'late'] as const)[i % 3]!,
      glucose,
      flag: glucose > 6.1 ? 'H' : glucose < 3.9 ? 'L' : 'N',
      doctor: i % 4 === 0 ? '张伟' : '诸葛明月',
    }
  })
}

export function shift(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

const A1C = [6.2, 6.8, 7.4, 7.1, 6.6, 6.3, 5.9, 3.6]
const SYSTOLIC = [152, 148, 139, 141, 133, 128, 131, 126]
const DIASTOLIC = [96, 92, 88, 90, 84, 82, 83, 80]

export function fakeTrend(today: string): { a1c: TrendSeries[]; pressure: TrendSeries[]; events: TrendEvent[] } {
  const at = (i: number) => shift(today, (i - 8) * 91)
  return {
    a1c: [{ name: 'HbA1c', points: A1C.map((value, i) => ({ at: at(i), value, low: 4, high: i < 4 ? 6 : 6.5, source: i < 4 ? '江城一院' : '体检中心' })) }],
    pressure: [
      { name: '收缩压', points: SYSTOLIC.map((value, i) => ({ at: at(i), value, low: 90, high: 139 })) },
      { name: '舒张压', points: DIASTOLIC.map((value, i) => ({ at: at(i), value, low: 60, high: 89 })) },
    ],
    events: [
      { at: at(2), label: '加用二甲双胍' },
      { at: at(5), label: '住院' },
    ],
  }
}
