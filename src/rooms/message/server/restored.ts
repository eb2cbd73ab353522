interface Client {
  query(text: string, values: unknown[]): Promise<unknown>
}

/**
 * Marks a database as restored, within the transaction that restores it: nothing leaves it until a person has spoken, also
 * where no data folder remembers what went out. Another epoch begins, so that what is sent from now on is told apart.
 */
export async function markRestored(client: Client, knowsUntil: Date, now: Date): Promise<void> {
  await client.query(
    `insert into message_stop (organization_id, id, kind, scope, why, before_epoch, before_position, knows_until, raised_at)
     select o.id, gen_random_uuid(), 'restored', '', 'restore', coalesce(p.epoch, 0), coalesce(p.position, 0), $1, $2
     from organization o left join message_place p on p.organization_id = o.id
     on conflict (organization_id, kind, scope) where lifted_at is null do nothing`,
    [knowsUntil, now],
  )
  await client.query(
    `insert into message_place as p (organization_id, epoch, position) select id, 1, 0 from organization
     on conflict (organization_id) do update set epoch = p.epoch + 1, position = 0`,
    [],
  )
}
