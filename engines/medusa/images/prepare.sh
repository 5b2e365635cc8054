# shellcheck shell=bash
# What is made by running the application once, while images are built:
#   cluster/         PostgreSQL's data folder with the schema after all migrations, with reference data (currencies, countries) and without
#                    anything that is a store's own: no password, no row
#   schema.json      the list of these migrations (server/lib/schema.js)
#   compile-cache/   V8's code of the files a start loads (server/lib/compile-cache.js)
# Sourced by the recipes `server` and `postgres`; $folder is the recipe's.

# Tables whose rows carry generated ids: setup makes them for each store.
medusa_own_tables=(refund_reason shipping_profile)

medusa_prepared() {
  local images=$folder/.. key
  key=$( (images_key "$images/runtime"; images_key "$images/database"; images_key "$images/valkey"; cat "$images/prepare.sh") | sha256sum)
  images_stage medusa-prepared "$key" medusa_prepare
}

# The first ids in the data of dump FILE that Medusa generated (prod_01...). Names of migrations are not a store's.
generated_ids() {
  sed -n '/^COPY public\.[a-z_]*migrations (/,/^\\\.$/d; /^COPY /,/^\\\.$/p' "$1" | { grep -oE '[a-z]+_01[0-9A-HJKMNP-TV-Z]{24}' || true; } | sed -n '1,3p' | paste -sd ' '
}

medusa_prepare() (
  target=$1
  images=$folder/..
  work=$(mktemp -d "$images_cache/prepare-XXXXXX")
  database=$(images_container "$images/database")
  valkey=$(images_container "$images/valkey")
  runtime=$(images_container "$images/runtime")
  pids=()
  stop() {
    [ ${#pids[@]} -eq 0 ] || kill -INT "${pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    images_buildah rm "$database" "$valkey" "$runtime" >/dev/null 2>&1 || true
    rm -rf "$work"
  }
  trap stop EXIT
  mkdir "$work/pg" "$work/valkey" "$work/cache"
  chown 999:999 "$work/pg" "$work/valkey"
  chown 1000:1000 "$work/cache"
  chmod 755 "$work"

  # Ports of their own, above those of boxes and below the range the kernel gives away.
  local first=$((30100 + RANDOM % 2600))
  export DATABASE_PORT=$first VALKEY_PORT=$((first + 1)) LISTEN_PORT=$((first + 2)) STATUS_PORT=$((first + 3))
  export DATABASE_PASSWORD=build VALKEY_PASSWORD=build

  "$images_tools/run" --env DATABASE_PASSWORD --env POSTGRES_PORT="$DATABASE_PORT" --bind "$work/pg:/var/lib/postgresql/data" \
    --tmpfs /run/postgresql --tmpfs /tmp "$database" > "$work/pg.log" 2>&1 < /dev/null & pids+=($!)
  "$images_tools/run" --env VALKEY_PASSWORD --env VALKEY_PORT --bind "$work/valkey:/data" --tmpfs /tmp "$valkey" \
    > "$work/valkey.log" 2>&1 < /dev/null & pids+=($!)

  node_environment=(--env DATABASE_PASSWORD --env VALKEY_PASSWORD --env DATABASE_PORT --env VALKEY_PORT --env LISTEN_PORT --env STATUS_PORT
    --env LISTEN_HOST=127.0.0.1 --env STORE_URL=http://build.localhost --env STORE_NAME=Build --env JWT_SECRET=build --env COOKIE_SECRET=build
    --env PUBLISHABLE_KEY=pk_build --env ADMIN_USERNAME=build@example.com --env ADMIN_PASSWORD=build-build-build
    --env SOUK_COMPILE_CACHE_RECORD=/cache --bind "$work/cache:/cache" --tmpfs /tmp)
  local i
  for i in $(seq 300); do (: < "/dev/tcp/127.0.0.1/$DATABASE_PORT") 2>/dev/null && break; sleep 0.1; done

  images_say "running all migrations once"
  "$images_tools/run" "${node_environment[@]}" "$runtime" migrate > "$work/migrate.log" 2>&1 < /dev/null || { tail -30 "$work/migrate.log"; exit 1; }
  psql() { PGPASSWORD=build chroot "$(images_buildah mount "$database")" /usr/lib/postgresql/17/bin/psql -h 127.0.0.1 -p "$DATABASE_PORT" -U medusa -d medusa "$@"; }
  local excluded=() table
  for table in "${medusa_own_tables[@]}"; do excluded+=("--exclude-table-data=$table"); done
  PGPASSWORD=build chroot "$(images_buildah mount "$database")" /usr/lib/postgresql/17/bin/pg_dump -h 127.0.0.1 -p "$DATABASE_PORT" -U medusa \
    --no-owner --no-privileges --no-comments "${excluded[@]}" medusa |
    sed -E '/^\\(un)?restrict /d; /^-- Dumped/d' > "$work/schema.sql"
  grep -q 'CREATE TABLE public.api_key' "$work/schema.sql"
  # A store's own things must not be in what all stores share.
  for table in api_key store sales_channel '"user"' auth_identity provider_identity product region "${medusa_own_tables[@]}"; do
    if sed -n "/^COPY public.$table (/,/^\\\\\\.\$/p" "$work/schema.sql" | sed '1d;$d' | grep -q .; then
      images_say "the prepared schema carries rows of $table"; exit 1
    fi
  done
  local ids
  ids=$(generated_ids "$work/schema.sql")
  [ -z "$ids" ] || { images_say "the prepared schema carries ids that each store must make for itself: $ids"; exit 1; }
  psql -At -c "SELECT coalesce(json_agg(name ORDER BY name), '[]') FROM (
      SELECT 'module ' || name AS name FROM mikro_orm_migrations UNION SELECT 'link ' || table_name FROM link_module_migrations
      UNION SELECT 'script ' || script_name FROM script_migrations WHERE finished_at IS NOT NULL) AS applied" > "$target/schema.json"

  mkdir "$work/prepared"; chown 999:999 "$work/prepared"
  install -D -m 644 "$work/schema.sql" "$(images_buildah mount "$database")/usr/share/souk/schema.sql"
  "$images_tools/run" --bind "$work/prepared:/prepared" --tmpfs /run/postgresql --tmpfs /tmp "$database" prepare /prepared/cluster \
    > "$work/cluster.log" 2>&1 < /dev/null || { tail -30 "$work/cluster.log"; exit 1; }
  cp -R "$work/prepared/cluster" "$target/cluster"
  chown -R root:root "$target/cluster"
  chmod -R a+rX "$target/cluster" # the image's user copies it

  images_say "recording what a start compiles"
  install -m 644 "$target/schema.json" "$(images_buildah mount "$runtime")/app/schema.json"
  local mode
  "$images_tools/run" "${node_environment[@]}" "$runtime" setup > "$work/setup.log" 2>&1 < /dev/null || { tail -30 "$work/setup.log"; exit 1; }
  for mode in server worker; do
    : > "$work/$mode.log"
    "$images_tools/run" "${node_environment[@]}" "$runtime" "$mode" > "$work/$mode.log" 2>&1 < /dev/null & pid=$!
    for i in $(seq 600); do
      grep -q "souk: $mode is up" "$work/$mode.log" && break
      kill -0 "$pid" 2>/dev/null || { tail -30 "$work/$mode.log"; exit 1; }
      sleep 0.1
    done
    if [ "$mode" = server ]; then # the code of ordinary requests, too
      for path in /store/regions "/store/products?fields=*variants.calculated_price" /app; do
        curl -s -o /dev/null -H 'x-publishable-api-key: pk_build' "http://127.0.0.1:$LISTEN_PORT$path" || true
      done
    fi
    kill "$pid"; wait "$pid" 2>/dev/null || true
  done
  for mode in setup server worker; do [ -s "$work/cache/$mode.bin" ] || { images_say "no compile cache for $mode"; exit 1; }; done
  mkdir "$target/compile-cache"
  install -m 644 "$work"/cache/*.{bin,json} "$target/compile-cache/"
)
