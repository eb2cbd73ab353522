import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const COST = 32768
const COST_MAX = 2 ** 20

/** scrypt with a random salt, from Node's own crypto. The parameters are kept in the text, so that they can grow. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, COST)
  return `scrypt$${COST}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, cost, salt, hash] = stored.split('$')
  if (kind !== 'scrypt' || !isCost(Number(cost)) || !salt || !hash) return false
  const expected = Buffer.from(hash, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'), Number(cost))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

/** A power of two, as scrypt asks, of at most one gigabyte. */
function isCost(cost: number): boolean {
  return cost > 1 && cost <= COST_MAX && Number.isInteger(Math.log2(cost))
}

function derive(password: string, salt: Buffer, N: number): Promise<Buffer> {
  const r = 8
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, { N, r, p: 1, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
