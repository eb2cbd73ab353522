/**
 * The 24 solar terms, by the sun's apparent longitude: 立春 begins at 315°, each next one 15° later. The low-precision
 * formula of Meeus (Astronomical Algorithms, chapter 25; 0.01°, about a quarter of an hour) is enough for a calendar day.
 */
export const SOLAR_TERMS = [
  '立春',
  '雨水',
  '惊蛰',
  '春分',
  '清明',
  '谷雨',
  '立夏',
  '小满',
  '芒种',
  '夏至',
  '小暑',
  '大暑',
  '立秋',
  '处暑',
  '白露',
  '秋分',
  '寒露',
  '霜降',
  '立冬',
  '小雪',
  '大雪',
  '冬至',
  '小寒',
  '大寒',
] as const
export type SolarTerm = (typeof SOLAR_TERMS)[number]

/** Which solar term a calendar date of China lies in: the last that has begun by the end of that day. */
export function solarTermOn(date: string): SolarTerm {
  // 24:00 in China is 16:00 UTC.
  const longitude = sunLongitude(Date.parse(`${date}T16:00:00Z`))
  return SOLAR_TERMS[Math.floor(((((longitude - 315) % 360) + 360) % 360) / 15)]!
}

/** Whether a date lies from the day on which `from` begins to the day before `to` begins. */
export function isWithinTerms(date: string, from: SolarTerm, to: SolarTerm): boolean {
  const [at, begin, end] = [solarTermOn(date), from, to].map((term) => SOLAR_TERMS.indexOf(term)) as [
    number,
    number,
    number,
  ]
  return begin < end ? at >= begin && at < end : at >= begin || at < end
}

const DEGREE = Math.PI / 180

/** Apparent geocentric longitude of the sun in degrees, 0 to 360. */
function sunLongitude(instantMs: number): number {
  // Earth turns more slowly than clocks: terrestrial time is about 70 s ahead of UTC in these decades.
  const julianDay = instantMs / 86_400_000 + 2_440_587.5 + 70 / 86_400
  const t = (julianDay - 2_451_545) / 36_525
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t
  const anomaly = (357.52911 + 35_999.05029 * t - 0.0001537 * t * t) * DEGREE
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t * t) * Math.sin(anomaly) +
    (0.019993 - 0.000101 * t) * Math.sin(2 * anomaly) +
    0.000289 * Math.sin(3 * anomaly)
  const apparent = mean + centre - 0.00569 - 0.00478 * Math.sin((125.04 - 1934.136 * t) * DEGREE)
  return ((apparent % 360) + 360) % 360
}
