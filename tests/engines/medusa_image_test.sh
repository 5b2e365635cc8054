#!/usr/bin/env bash
# Proves the images of the Medusa engine without Kubernetes: database, cache, setup (twice, and killed halfway), server and worker run as
# plain processes on a read-only root, then an order is placed through the Store API and captured through the Admin API.
# Needs root. Builds the images if the cache does not have them.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
engine=$root/engines/medusa
source "$root/tools/images/lib.sh"
source "$root/tests/engines/lib.sh"

finish() { printf '%d passed, %d failed\n' "$passed" "$failed"; [ "$failed" -eq 0 ]; exit; }

work=$(mktemp -d)
chmod 755 "$work"
declare -A container
stop() {
  local part; for part in "${!pid[@]}"; do ! kill -0 "${pid[$part]}" 2>/dev/null || kill_container "$part"; done
  kill $(jobs -pr) 2>/dev/null
  wait 2>/dev/null
  [ ${#container[@]} -eq 0 ] || images_buildah rm "${container[@]}" > /dev/null 2>&1
  [ "$failed" -eq 0 ] || for log in "$work"/*.log; do printf -- '--- %s\n' "$log"; tail -n 15 "$log"; done >&2
  rm -rf "$work"
}
trap stop EXIT

"$engine/images/build" > "$work/built" < /dev/null || { not_ok "the images are built"; finish; }
ok "the images are built"
check "engine.yaml names the images as they are" "$engine/images/build" --check
# What they were in November 2026 and 15 % more.
declare -A megabytes=([medusa]=118 [medusa-postgres]=75 [medusa-valkey]=41 [medusa-storefront]=38)
while IFS=$'\t' read -r reference archive; do
  name=${reference##*/}; name=${name%%:*}
  archive_at_most "$name" "$archive" "${megabytes[$name]}"
done < "$work/built"

base=$((30100 + RANDOM % 2600)) # above the ports of boxes, below the range the kernel gives away
export DATABASE_PORT=$base VALKEY_PORT=$((base + 1)) LISTEN_PORT=$((base + 2)) STATUS_PORT=$((base + 3))
worker_port=$((base + 4)) worker_status=$((base + 5))
export DATABASE_PASSWORD=db-$RANDOM$RANDOM VALKEY_PASSWORD=vk-$RANDOM$RANDOM ADMIN_PASSWORD=admin-$RANDOM$RANDOM
export JWT_SECRET=jwt-$RANDOM$RANDOM COOKIE_SECRET=cookie-$RANDOM$RANDOM
export PUBLISHABLE_KEY=pk_$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') STORE_NAME="Ann's \"shop\""
mkdir "$work/pg" "$work/valkey" "$work/static" "$work/term"
chown 999:999 "$work/pg" "$work/valkey"; chown 1000:1000 "$work/static" "$work/term"

for image in server postgres valkey storefront; do
  container[$image]=$(images_container "$engine/images/$image") || { not_ok "$image: the image opens"; finish; }
done

postgres() {
  in_container postgres --env DATABASE_PASSWORD --env POSTGRES_PORT="$DATABASE_PORT" --env PGDATA=/var/lib/postgresql/data/pgdata \
    --bind "$work/pg:/var/lib/postgresql/data" --tmpfs /run/postgresql --tmpfs /tmp "${container[postgres]}"
}
valkey() { in_container valkey --env VALKEY_PASSWORD --env VALKEY_PORT --bind "$work/valkey:/data" --tmpfs /tmp "${container[valkey]}"; }
node=(--env DATABASE_PASSWORD --env VALKEY_PASSWORD --env DATABASE_PORT --env VALKEY_PORT --env LISTEN_HOST=127.0.0.1 --env "STORE_URL=http://ann.localhost:8080"
  --env STORE_NAME --env JWT_SECRET --env COOKIE_SECRET --env PUBLISHABLE_KEY --env ADMIN_USERNAME=admin@ann.example.com --env ADMIN_PASSWORD
  --env TERMINATION_LOG=/term/log --bind "$work/term:/term" --bind "$work/static:/app/static" --tmpfs /tmp)
server() { in_container server "${node[@]}" --env LISTEN_PORT --env STATUS_PORT "${container[server]}" server; }
worker() { in_container worker "${node[@]}" --env LISTEN_PORT="$worker_port" --env STATUS_PORT="$worker_status" "${container[server]}" worker; }
setup() { "$root/tools/images/run" "${node[@]}" --env LISTEN_PORT --env STATUS_PORT "${container[server]}" setup > "$work/setup.log" 2>&1 < /dev/null; }
ready() { local i; for i in $(seq 900); do curl -fs -o /dev/null "http://127.0.0.1:$1/ready" && return; sleep 0.1; done; return 1; }
in_postgres() { local program=$1; shift; PGPASSWORD=$DATABASE_PASSWORD chroot "$(images_buildah mount "${container[postgres]}")" "/usr/lib/postgresql/17/bin/$program" -h 127.0.0.1 -p "$DATABASE_PORT" -U medusa -d medusa "$@" 2>&1; }
psql() { in_postgres psql -At "$@"; }
# Ids that Medusa generated, in all of the shop's data.
ids() { in_postgres pg_dump --data-only --exclude-table='*migrations' | grep -cE '[a-z]_01[0-9A-HJKMNP-TV-Z]{24}'; }
ask_valkey() ( exec 3<> "/dev/tcp/127.0.0.1/$VALKEY_PORT"; printf 'AUTH %s\r\n%s\r\nQUIT\r\n' "$VALKEY_PASSWORD" "$1" >&3; tr -d '\r' <&3 | paste -sd ' ' )

# --- from here to the end of setup, no command line has a secret
watch_arguments DATABASE_PASSWORD VALKEY_PASSWORD ADMIN_PASSWORD JWT_SECRET COOKIE_SECRET

# --- database: a first start that is cut off leaves nothing half made
copying() { local i; for i in $(seq 1500); do [ -d "$work/pg/pgdata.new/base" ] && return; sleep 0.02; done; return 1; }
for asked in INT TERM; do
  postgres
  check "a new database is being made" copying
  signal postgres "$asked"
  check "asked by SIG$asked in its first moments it ends" ended postgres 15
  check "and leaves nothing under the final name" test ! -e "$work/pg/pgdata"
  rm -rf "$work/pg/pgdata.new"
done
postgres; copying; kill_container postgres
check "a first start that is killed leaves nothing under the final name" test ! -e "$work/pg/pgdata"
started=$(date +%s.%N)
postgres
valkey
check "PostgreSQL comes up after that" open_port "$DATABASE_PORT"
[ "$failed" -eq 0 ] || finish
printf '# database with schema after %s s\n' "$(since "$started")"
equal "the prepared schema has no keys, users, products, channels, stores, regions or profiles" \
  "$(psql -c 'SELECT (SELECT count(*) FROM api_key) + (SELECT count(*) FROM "user") + (SELECT count(*) FROM auth_identity) + (SELECT count(*) FROM product) + (SELECT count(*) FROM sales_channel) + (SELECT count(*) FROM store) + (SELECT count(*) FROM region) + (SELECT count(*) FROM shipping_profile) + (SELECT count(*) FROM refund_reason)')" 0
equal "and no generated id at all" "$(ids)" 0
equal "passwords are kept as SCRAM" "$(psql -c 'SHOW password_encryption')" scram-sha-256
contains "a wrong password is refused" "$(DATABASE_PASSWORD=wrong psql -c 'select 1')" "password authentication failed"
check "Valkey comes up" open_port "$VALKEY_PORT"
check "Valkey wants a password" bash -c "exec 3<>/dev/tcp/127.0.0.1/$VALKEY_PORT; printf 'PING\r\n' >&3; head -1 <&3 | grep -q NOAUTH"

# --- setup beside server and worker, all at once on an empty shop
started=$(date +%s.%N)
server
worker
check "setup ends well beside server and worker" setup
printf '# setup after %s s\n' "$(since "$started")"
check "server is ready" ready "$STATUS_PORT"
check "worker is ready" ready "$worker_status"
printf '# all ready after %s s\n' "$(since "$started")"
grep -h '"souk: ' "$work/server.log" "$work/worker.log" "$work/setup.log" | sed 's/^/# /'
count() { psql -c 'SELECT (SELECT count(*) FROM api_key), (SELECT count(*) FROM "user"), (SELECT count(*) FROM product), (SELECT count(*) FROM sales_channel), (SELECT count(*) FROM store), (SELECT count(*) FROM region), (SELECT count(*) FROM shipping_option), (SELECT count(*) FROM inventory_level), (SELECT count(*) FROM price_set)'; }
once=$(count)
equal "there is one of each" "$once" "1|1|3|1|1|1|1|5|6"
check "the store's ids are its own" test "$(ids)" -gt 20
equal "no secret was in a command line, but the planted one" "$(watched)" PLANTED
check "setup again ends well" setup
equal "setup again changes nothing" "$(count)" "$once"
psql -c "UPDATE store SET metadata = NULL; DELETE FROM inventory_level; DELETE FROM region_payment_provider; DELETE FROM shipping_option_price_set; DELETE FROM product_variant_price_set" > /dev/null
check "setup after one that was killed halfway ends well" setup
equal "setup repairs what was half done" "$(psql -c 'SELECT (SELECT count(*) FROM product WHERE deleted_at IS NULL), (SELECT count(*) FROM inventory_level WHERE deleted_at IS NULL), (SELECT count(*) FROM shipping_option WHERE deleted_at IS NULL), (SELECT count(*) FROM region_payment_provider WHERE deleted_at IS NULL)')" "3|5|1|1"

# --- a real order
api=http://127.0.0.1:$LISTEN_PORT
store() { curl -s --max-time 30 -X "$1" "$api$2" -H "x-publishable-api-key: $PUBLISHABLE_KEY" -H 'content-type: application/json' ${3:+-d "$3"}; }
json() { node -e 'let v=JSON.parse(require("fs").readFileSync(0,"utf8"));for(const k of process.argv[1].split("."))v=v?.[k];console.log(v===undefined?"":typeof v==="object"?JSON.stringify(v):v)' "$1"; }
region=$(store GET /store/regions | json regions.0.id)
products=$(store GET "/store/products?region_id=$region&fields=id,title,thumbnail,*variants.calculated_price,%2Bvariants.inventory_quantity")
equal "three products are for sale" "$(json products.length <<< "$products")" 3
variant=$(json products.0.variants.0.id <<< "$products")
price=$(json products.0.variants.0.calculated_price.calculated_amount <<< "$products")
equal "a product has stock" "$(json products.0.variants.0.inventory_quantity <<< "$products")" 100
cart=$(store POST /store/carts "{\"region_id\":\"$region\",\"email\":\"buyer@example.com\"}" | json cart.id)
store POST "/store/carts/$cart/line-items" "{\"variant_id\":\"$variant\",\"quantity\":2}" > /dev/null
address='{"first_name":"B","last_name":"Uyer","address_1":"Weg 1","city":"Berlin","postal_code":"10115","country_code":"de","phone":"1"}'
store POST "/store/carts/$cart" "{\"shipping_address\":$address,\"billing_address\":$address}" > /dev/null
option=$(store GET "/store/shipping-options?cart_id=$cart" | json shipping_options.0.id)
total=$(store POST "/store/carts/$cart/shipping-methods" "{\"option_id\":\"$option\"}" | json cart.total)
equal "two pieces and shipping cost what they should, taxes included" "$total" "$((price * 2 + 5))"
collection=$(store POST /store/payment-collections "{\"cart_id\":\"$cart\"}" | json payment_collection.id)
session=$(store POST "/store/payment-collections/$collection/payment-sessions" '{"provider_id":"pp_system_default"}')
equal "the payment session is pending" "$(json payment_collection.payment_sessions.0.status <<< "$session")" pending
order=$(store POST "/store/carts/$cart/complete" '{}')
equal "the cart becomes an order" "$(json type <<< "$order")" order
id=$(json order.id <<< "$order")
equal "completing again gives the same order" "$(store POST "/store/carts/$cart/complete" '{}' | json order.id)" "$id"
equal "no key, no shop" "$(curl -s -o /dev/null -w '%{http_code}' "$api/store/regions")" 400

# --- the admin sees and captures it
login() { curl -s -X POST "$api/auth/user/emailpass" -H 'content-type: application/json' -d "{\"email\":\"admin@ann.example.com\",\"password\":\"$1\"}"; }
token=$(login "$ADMIN_PASSWORD" | json token)
check "the admin logs in" test -n "$token"
equal "a wrong password does not" "$(login wrong | json token)" ""
admin() { curl -s -X "$1" "$api$2" -H "authorization: Bearer $token" -H 'content-type: application/json' ${3:+-d "$3"}; }
seen=$(admin GET "/admin/orders/$id?fields=id,total,payment_status,email,*payment_collections.payments")
equal "the admin sees the order" "$(json order.total <<< "$seen") $(json order.payment_status <<< "$seen")" "$total authorized"
admin POST "/admin/payments/$(json order.payment_collections.0.payments.0.id <<< "$seen")/capture" '{}' > /dev/null
equal "the payment is captured" "$(admin GET "/admin/orders/$id" | json order.payment_status)" captured
cookie=$(curl -s -D - -o /dev/null -X POST "$api/auth/session" -H "authorization: Bearer $token" | tr -d '\r' | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p')
equal "the admin UI's cookie works over plain HTTP" "$(curl -s -o /dev/null -w '%{http_code}' -H "cookie: $cookie" "$api/admin/users/me")" 200
equal "the admin UI is served" "$(curl -s -o "$work/app.html" -w '%{http_code} %{content_type}' "$api/app")" "200 text/html; charset=utf-8"
asset=$(grep -o '/app/assets/[^"]*\.js' "$work/app.html" | head -1)
equal "with its program" "$(curl -s -o /dev/null -w '%{http_code}' "$api${asset:-/none}")" 200
uploaded=$(printf 'hello' | curl -s -X POST "$api/admin/uploads" -H "authorization: Bearer $token" -F 'files=@-;filename=a.txt;type=text/plain' | json files.0.url)
equal "an upload is served again" "$(curl -s "$api/static/${uploaded##*/}")" hello

# --- what was acknowledged survives a kill
contains "Valkey takes a value" "$(ask_valkey 'SET souk:kept yes')" "+OK +OK"
kill_container valkey
valkey
check "Valkey comes up after a kill" open_port "$VALKEY_PORT"
for _ in $(seq 50); do kept=$(ask_valkey 'GET souk:kept'); [[ $kept != *LOADING* ]] && break; sleep 0.1; done
contains "and has kept the value" "$kept" ' $3 yes '
check "with Valkey the server is ready again" ready "$STATUS_PORT"
psql -c "UPDATE \"order\" SET metadata = '{\"souk\": \"kept\"}'" > /dev/null
kill_container postgres
equal "without the database the server is not ready" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$STATUS_PORT/ready")" 503
equal "and lives on" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$STATUS_PORT/live")" 200
postgres
check "with the database it is ready again" ready "$STATUS_PORT"
equal "and the order is as it was" "$(psql -c "SELECT metadata->>'souk' FROM \"order\" WHERE id = '$id'")" kept

# --- storefront
in_container storefront --env PUBLISHABLE_KEY --env STORE_NAME --tmpfs /tmp "${container[storefront]}"
if open_port 8080; then
  front=http://127.0.0.1:8080
  equal "the storefront knows its shop" "$(curl -s "$front/config.json" | json store_name) $(curl -s "$front/config.json" | json publishable_key)" "$STORE_NAME $PUBLISHABLE_KEY"
  equal "its configuration is never cached" "$(curl -sI "$front/config.json" | tr -d '\r' | sed -n 's/^Cache-Control: //p')" no-store
  equal "an unknown path is the page" "$(curl -s "$front/products/enamel-mug" | md5sum)" "$(curl -s "$front/" | md5sum)"
  asset=$(curl -s "$front/" | grep -o '/assets/[^"]*\.js' | head -1)
  equal "built files are cached for ever" "$(curl -sI "$front$asset" | tr -d '\r' | sed -n 's/^Cache-Control: //p')" "public, max-age=31536000, immutable"
  equal "and compressed" "$(curl -sI -H 'Accept-Encoding: gzip' "$front$asset" | tr -d '\r' | sed -n 's/^Content-Encoding: //p')" gzip
  equal "a missing asset is not the page" "$(curl -s -o /dev/null -w '%{http_code}' "$front/assets/none.js")" 404
  equal "the products' pictures are there" "$(curl -s -o /dev/null -w '%{http_code} %{content_type}' "$front$(json products.0.thumbnail <<< "$products")")" "200 image/svg+xml"
else
  not_ok "the storefront answers"
fi

# --- a setup that cannot work says why
DATABASE_PASSWORD=wrong setup
equal "a wrong password has a reason" "$(cat "$work/term/log" | json reason)" DatabaseUnavailable

# --- stopping one part, then all of them at once, as when a store is deleted; with the signal that each image names
stop_signal() { local named; named=$(images_buildah inspect --type container --format '{{.OCIv1.Config.StopSignal}}' "${container[$1]:-${container[server]}}"); echo "${named:-TERM}"; }
asked=$(stop_signal server) # to read it from the image takes a while
started=$(date +%s.%N)
signal server "$asked"
check "the server stops on request" ended server 30
wait "${pid[server]}"; equal "and well" "$?" 0
at_most "within seconds" "$(since "$started")" 6
server
check "the server starts again" ready "$STATUS_PORT"

parts=(postgres valkey server worker storefront) signals=() inner=()
for part in "${parts[@]}"; do signals+=("$(stop_signal "$part")"); done
# Nothing is started between the first signal and the last end: on a busy machine that would be what is measured.
for part in "${parts[@]}"; do inner+=("$(pgrep -P "${pid[$part]}")"); done
started=${EPOCHREALTIME/./}
for i in "${!parts[@]}"; do kill -"${signals[$i]}" "${inner[$i]}"; done
declare -A took=()
for _ in $(seq 600); do
  for part in "${parts[@]}"; do [ -n "${took[$part]:-}" ] || kill -0 "${pid[$part]}" 2>/dev/null || took[$part]=$(((${EPOCHREALTIME/./} - started) / 100000)); done
  [ ${#took[@]} -lt ${#parts[@]} ] || break
  sleep 0.05
done
for part in "${parts[@]}"; do
  at_most "all asked at once: $part ends within 6 seconds, in tenths" "${took[$part]:-600}" 60 # Medusa's own grace is 8
  [ -z "${took[$part]:-}" ] || { wait "${pid[$part]}"; equal "and well" "$?" 0; }
done
finish
