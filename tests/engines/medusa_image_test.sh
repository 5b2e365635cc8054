#!/usr/bin/env bash
# Proves the images of the Medusa engine without Kubernetes: database, cache, setup (twice, and killed halfway), server and worker run as
# plain processes on a read-only root, then an order is placed through the Store API and captured through the Admin API.
# Needs root. Builds the images if the cache does not have them.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
engine=$root/engines/medusa
source "$root/tools/images/lib.sh"

passed=0 failed=0
ok() { passed=$((passed + 1)); printf 'ok - %s\n' "$1"; }
not_ok() { failed=$((failed + 1)); printf 'not ok - %s\n' "$1"; }
check() { local name=$1; shift; if "$@"; then ok "$name"; else not_ok "$name"; fi; }
equal() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: got $(printf '%q' "$2"), wanted $(printf '%q' "$3")"; fi; }
finish() { printf '%d passed, %d failed\n' "$passed" "$failed"; [ "$failed" -eq 0 ]; exit; }

"$engine/images/build" > /dev/null < /dev/null || { not_ok "the images are built"; finish; }
ok "the images are built"
check "engine.yaml names the images as they are" "$engine/images/build" --check

work=$(mktemp -d)
chmod 755 "$work"
declare -A container pid
stop() {
  [ -z "${pid[postgres]:-}" ] || kill -INT "${pid[postgres]}" 2>/dev/null
  kill "${pid[@]}" 2>/dev/null
  local i; for i in $(seq 200); do [ -n "$(jobs -pr)" ] || break; sleep 0.1; done
  kill -KILL $(jobs -pr) 2>/dev/null
  wait 2>/dev/null
  [ ${#container[@]} -eq 0 ] || images_buildah rm "${container[@]}" > /dev/null 2>&1
  [ "$failed" -eq 0 ] || for log in "$work"/*.log; do printf -- '--- %s\n' "$log"; tail -n 15 "$log"; done >&2
  rm -rf "$work"
}
trap stop EXIT

base=$((21000 + RANDOM % 9000)) # below the range the kernel gives away
export DATABASE_PORT=$base VALKEY_PORT=$((base + 1)) LISTEN_PORT=$((base + 2)) STATUS_PORT=$((base + 3))
worker_port=$((base + 4)) worker_status=$((base + 5))
export DATABASE_PASSWORD=db-$RANDOM$RANDOM VALKEY_PASSWORD=vk-$RANDOM$RANDOM ADMIN_PASSWORD=admin-$RANDOM$RANDOM
export PUBLISHABLE_KEY=pk_$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') STORE_NAME="Ann's \"shop\""
mkdir "$work/pg" "$work/valkey" "$work/static" "$work/term"
chown 999:999 "$work/pg" "$work/valkey"; chown 1000:1000 "$work/static" "$work/term"

for image in server postgres valkey storefront; do
  container[$image]=$(images_container "$engine/images/$image") || { not_ok "$image: the image opens"; finish; }
done

# Always in a subshell or the background: it becomes the program, so that signals reach it.
run_in() { exec "$root/tools/images/run" "$@"; }
postgres() { # in a process group of its own, so that all of it can be killed at once, as Kubernetes kills a container
  setsid "$root/tools/images/run" --env DATABASE_PASSWORD --env POSTGRES_PORT="$DATABASE_PORT" --env PGDATA=/var/lib/postgresql/data/pgdata \
    --bind "$work/pg:/var/lib/postgresql/data" --tmpfs /run/postgresql --tmpfs /tmp "${container[postgres]}" >> "$work/postgres.log" 2>&1 < /dev/null &
  pid[postgres]=$!
}
node=(--env DATABASE_PASSWORD --env VALKEY_PASSWORD --env DATABASE_PORT --env VALKEY_PORT --env LISTEN_HOST=127.0.0.1 --env "STORE_URL=http://ann.localhost:8080"
  --env STORE_NAME --env JWT_SECRET=jwt --env COOKIE_SECRET=cookie --env PUBLISHABLE_KEY --env ADMIN_USERNAME=admin@ann.example.com --env ADMIN_PASSWORD
  --env TERMINATION_LOG=/term/log --bind "$work/term:/term" --bind "$work/static:/app/static" --tmpfs /tmp)
medusa() ( run_in "${node[@]}" --env LISTEN_PORT --env STATUS_PORT "${container[server]}" "$1" > "$work/$1.log" 2>&1 < /dev/null )
open_port() { local i; for i in $(seq "${2:-300}"); do (: < "/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done; return 1; }
ready() { local i; for i in $(seq 900); do curl -fs -o /dev/null "http://127.0.0.1:$1/ready" && return; sleep 0.1; done; return 1; }
psql() { PGPASSWORD=$DATABASE_PASSWORD chroot "$(images_buildah mount "${container[postgres]}")" /usr/lib/postgresql/17/bin/psql -h 127.0.0.1 -p "$DATABASE_PORT" -U medusa -d medusa -At "$@" 2>&1; }
since() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }'; }

# --- database: a first start that is killed leaves nothing half made
postgres
for _ in $(seq 100); do [ -d "$work/pg/pgdata.new/base" ] && break; sleep 0.05; done
kill -KILL -- "-${pid[postgres]}" 2>/dev/null; { wait "${pid[postgres]}"; } 2>/dev/null
check "a first start that is killed leaves nothing under the final name" test ! -e "$work/pg/pgdata"
started=$(date +%s.%N)
postgres
run_in --env VALKEY_PASSWORD --env VALKEY_PORT --bind "$work/valkey:/data" --tmpfs /tmp "${container[valkey]}" > "$work/valkey.log" 2>&1 < /dev/null &
pid[valkey]=$!
check "PostgreSQL comes up after that" open_port "$DATABASE_PORT"
[ "$failed" -eq 0 ] || finish
printf '# database with schema after %s s\n' "$(since "$started")"
equal "the prepared schema has no keys, users, products, channels, stores, regions or profiles" \
  "$(psql -c 'SELECT (SELECT count(*) FROM api_key) + (SELECT count(*) FROM "user") + (SELECT count(*) FROM auth_identity) + (SELECT count(*) FROM product) + (SELECT count(*) FROM sales_channel) + (SELECT count(*) FROM store) + (SELECT count(*) FROM region) + (SELECT count(*) FROM shipping_profile) + (SELECT count(*) FROM refund_reason)')" 0
equal "passwords are kept as SCRAM" "$(psql -c 'SHOW password_encryption')" scram-sha-256
check "a wrong password is refused" bash -c "! PGPASSWORD=wrong chroot '$(images_buildah mount "${container[postgres]}")' /usr/lib/postgresql/17/bin/psql -h 127.0.0.1 -p $DATABASE_PORT -U medusa -d medusa -c 'select 1' > /dev/null 2>&1"
check "Valkey wants a password" bash -c "exec 3<>/dev/tcp/127.0.0.1/$VALKEY_PORT; printf 'PING\r\n' >&3; head -1 <&3 | grep -q NOAUTH"
check "no password is in a command line" bash -c "! cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -qxFf <(printenv VALKEY_PASSWORD)"  # the pattern from a file: grep must not find itself

# --- setup beside server and worker, all at once on an empty shop
started=$(date +%s.%N)
run_in "${node[@]}" --env LISTEN_PORT --env STATUS_PORT "${container[server]}" server > "$work/server.log" 2>&1 < /dev/null & pid[server]=$!
run_in "${node[@]}" --env LISTEN_PORT="$worker_port" --env STATUS_PORT="$worker_status" "${container[server]}" worker > "$work/worker.log" 2>&1 < /dev/null & pid[worker]=$!
check "setup ends well beside server and worker" medusa setup
printf '# setup after %s s\n' "$(since "$started")"
check "server is ready" ready "$STATUS_PORT"
check "worker is ready" ready "$worker_status"
printf '# all ready after %s s\n' "$(since "$started")"
grep -h '"souk: ' "$work/server.log" "$work/worker.log" "$work/setup.log" | sed 's/^/# /'
count() { psql -c 'SELECT (SELECT count(*) FROM api_key), (SELECT count(*) FROM "user"), (SELECT count(*) FROM product), (SELECT count(*) FROM sales_channel), (SELECT count(*) FROM store), (SELECT count(*) FROM region), (SELECT count(*) FROM shipping_option), (SELECT count(*) FROM inventory_level), (SELECT count(*) FROM price_set)'; }
once=$(count)
equal "there is one of each" "$once" "1|1|3|1|1|1|1|5|6"
check "setup again ends well" medusa setup
equal "setup again changes nothing" "$(count)" "$once"
psql -c "UPDATE store SET metadata = NULL; DELETE FROM inventory_level; DELETE FROM region_payment_provider; DELETE FROM shipping_option_price_set; DELETE FROM product_variant_price_set" > /dev/null
check "setup after one that was killed halfway ends well" medusa setup
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
equal "the admin UI is served" "$(curl -s "$api/app" | grep -c '/app/assets/')" "$(curl -s "$api/app" | grep -c 'assets/')"
uploaded=$(printf 'hello' | curl -s -X POST "$api/admin/uploads" -H "authorization: Bearer $token" -F 'files=@-;filename=a.txt;type=text/plain' | json files.0.url)
equal "an upload is served again" "$(curl -s "$api/static/${uploaded##*/}")" hello

# --- the database goes and comes back
kill -INT "${pid[postgres]}"; wait "${pid[postgres]}" 2>/dev/null
equal "without the database the server is not ready" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$STATUS_PORT/ready")" 503
equal "and lives on" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$STATUS_PORT/live")" 200
postgres
check "with the database it is ready again" ready "$STATUS_PORT"

# --- storefront
run_in --env PUBLISHABLE_KEY --env STORE_NAME --tmpfs /tmp "${container[storefront]}" > "$work/storefront.log" 2>&1 < /dev/null & pid[storefront]=$!
if open_port 8080 50; then
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

kill "${pid[server]}"; wait "${pid[server]}" 2>/dev/null
equal "the server stops on request" "$?" 0

# --- a setup that cannot work says why
DATABASE_PASSWORD=wrong medusa setup
equal "a wrong password has a reason" "$(cat "$work/term/log" | json reason)" DatabaseUnavailable

# --- a deleted store: all parts are asked to stop at once, and the cache is the quickest
kill "${pid[valkey]}"; wait "${pid[valkey]}" 2>/dev/null
started=$(date +%s)
kill "${pid[worker]}"; wait "${pid[worker]}" 2>/dev/null
check "a worker stops although its cache is gone" test $(($(date +%s) - started)) -le 12
finish
