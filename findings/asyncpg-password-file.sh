#!/usr/bin/env bash
# A password with a colon or a backslash, in PGPASSFILE as PostgreSQL's manual wants it (34.16: "If an entry needs to
# contain : or \, escape this character with \"): psql takes the escapes off, asyncpg 0.32.0 sends them along and is
# refused. Unescaped, asyncpg finds the password and psql does not. PGPASSWORD is read alike by both.
# Seen in November 2026 with PostgreSQL 15.
set -euo pipefail
bin=$(echo /usr/lib/postgresql/*/bin | tr ' ' '\n' | tail -1)
folder=$(mktemp -d)
trap 'run "$bin/pg_ctl" -D "$folder/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$folder"' EXIT
run() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown nobody "$folder"
cd "$folder"
printf '%s\n' 'a:b\c' > first
run "$bin/initdb" --auth=scram-sha-256 --username=odd --pwfile=first data > /dev/null
run "$bin/pg_ctl" -D data -o "-k $folder -c listen_addresses=" -w start > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet asyncpg==0.32.0

cat > connects.py <<'END'
import asyncio
import asyncpg


async def connects() -> str:
    try:
        db = await asyncpg.connect()
    except asyncpg.InvalidPasswordError:
        return "refused"
    await db.close()
    return "connected"


print("asyncpg:", asyncio.run(connects()))
END
export PGHOST="$folder" PGUSER=odd PGDATABASE=postgres PGPASSFILE="$folder/passwords"
seen=$(
  for written in 'a\:b\\c' 'a:b\c'; do
    printf '*:*:*:odd:%s\n' "$written" > passwords
    chmod 600 passwords
    echo "$written"
    echo "psql: $(psql --no-password --quiet --tuples-only --no-align --command "SELECT 'connected'" 2> /dev/null || echo refused)"
    venv/bin/python connects.py
  done
)
echo "$seen"
[ "$seen" = 'a\:b\\c
psql: connected
asyncpg: refused
a:b\c
psql: refused
asyncpg: connected' ] || { echo 'this has changed'; exit 1; }
