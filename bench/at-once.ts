/** Runs `use` `count` times, `width` at once. @returns the milliseconds of each */
export async function atOnce(width: number, count: number, use: (n: number) => Promise<void>): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) {
      const started = performance.now()
      await use(n)
      times.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return times
}
