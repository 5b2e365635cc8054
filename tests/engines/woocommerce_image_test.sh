#!/usr/bin/env bash
# Proves the images of the WooCommerce engine without Kubernetes: database, setup (again, killed halfway, two at once, database away) and
# server run as plain processes on a read-only root. Without the plugin's archive setup must end with EnginePluginMissing after everything
# before it; with WOOCOMMERCE_ARCHIVE and WOOCOMMERCE_SHA256 (docs/how-to/woocommerce-archive.md) a shop is made and an order placed.
# Needs root. Builds the images if the cache does not have them.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
engine=$root/engines/woocommerce
source "$root/tools/images/lib.sh"
source "$root/tests/engines/lib.sh"

finish() {
  [ -n "${WOOCOMMERCE_ARCHIVE:-}" ] || echo "not run: WOOCOMMERCE_ARCHIVE is not set, so no shop was made and no order placed"
  printf '%d passed, %d failed\n' "$passed" "$failed"; [ "$failed" -eq 0 ]; exit
}

work=$(mktemp -d)
chmod 755 "$work"
declare -A container
stop() {
  [ -z "${pid[wordpress]:-}" ] || kill "${pid[wordpress]}" 2>/dev/null
  [ -z "${pid[mariadb]:-}" ] || { kill -CONT "${pid[mariadb]}"; kill "${pid[mariadb]}"; } 2>/dev/null
  [ -z "${pid[first]:-}" ] || ! kill -0 "${pid[first]}" 2>/dev/null || kill_container first
  [ -z "${tls:-}" ] || kill "$tls"
  local i; for i in $(seq 200); do [ -n "$(jobs -pr)" ] || break; sleep 0.1; done
  kill -KILL $(jobs -pr) 2>/dev/null
  wait 2>/dev/null
  [ ${#container[@]} -eq 0 ] || images_buildah rm "${container[@]}" > /dev/null 2>&1
  [ "$failed" -eq 0 ] || for log in "$work"/*.log; do printf -- '--- %s\n' "$log"; tail -n 15 "$log"; done >&2
  rm -rf "$work"
}
trap stop EXIT

# --- the archive: refused unless it is what was announced
zeros=$(printf '0%.0s' {1..64})
build() { env -u WOOCOMMERCE_ARCHIVE -u WOOCOMMERCE_SHA256 "$@" "$engine/images/build" 2>&1 > /dev/null < /dev/null; }
echo "no plugin" > "$work/archive"
contains "an archive without a hash is refused" "$(build WOOCOMMERCE_ARCHIVE="$work/archive" || echo refused)" "refused"
contains "an archive with another hash is refused" "$(build WOOCOMMERCE_ARCHIVE="$work/archive" WOOCOMMERCE_SHA256="$zeros")" "WOOCOMMERCE_SHA256 is $zeros, but the archive has"
contains "an archive that is not there is refused" "$(build WOOCOMMERCE_ARCHIVE="$work/none" WOOCOMMERCE_SHA256="$zeros")" "there is no file"
contains "an address without TLS is refused" "$(build WOOCOMMERCE_ARCHIVE=http://localhost/a.zip WOOCOMMERCE_SHA256="$zeros")" "must be a file or an https:// address"
contains "a hash without an archive is refused" "$(build WOOCOMMERCE_SHA256="$zeros")" "set both or none"

# --- the archive by https, from a server of our own. A base without a digest ends the build right after the archive was found.
mkdir "$work/site" "$work/cache"; echo "no plugin" > "$work/site/a.zip"
read -r hash _ < <(sha256sum "$work/site/a.zip")
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
  -keyout "$work/site.key" -out "$work/site.pem" 2> /dev/null
python3 -c '
import functools, http.server, ssl, sys
site, certificate, key, log = sys.argv[1:]
class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_): print(self.path, file=open(log, "a"))
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=site))
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()' "$work/site" "$work/site.pem" "$work/site.key" "$work/requests" > "$work/port" 2> "$work/tls.log" & tls=$!
for _ in $(seq 300); do [ -s "$work/port" ] && break; sleep 0.1; done
address=https://127.0.0.1:$(cat "$work/port")/a.zip
fetch() { build SOUK_CACHE="$work/cache" SOUK_IMAGE_BASE=debian:trixie CURL_CA_BUNDLE="$work/site.pem" WOOCOMMERCE_ARCHIVE="${2:-$address}" WOOCOMMERCE_SHA256="$1"; }
downloads() { find "$work/cache/images/downloads" -type f -printf '%f '; }
contains "an archive by https with another hash is refused" "$(fetch "$zeros")" "WOOCOMMERCE_SHA256 is $zeros, but what $address gives has $hash."
equal "and nothing of it stays" "$(downloads)" ""
contains "an archive that the server does not have is refused" "$(fetch "$hash" "${address%/*}/b.zip")" "could not be fetched from ${address%/*}/b.zip"
contains "a server that nobody vouches for is refused" "$(build SOUK_CACHE="$work/cache" WOOCOMMERCE_ARCHIVE="$address" WOOCOMMERCE_SHA256="$hash")" "could not be fetched"
contains "with the announced hash the build goes on; a base without a digest is refused" "$(fetch "$hash")" "SOUK_IMAGE_BASE must name a digest"
equal "the archive is kept under its hash" "$(downloads)" "woocommerce-$hash "
: > "$work/requests"; fetch "$hash" > /dev/null
equal "and not fetched twice" "$(cat "$work/requests")" ""
kill "$tls"; { wait "$tls"; } 2> /dev/null; tls=''

"$engine/images/build" > "$work/built" 2> "$work/build.log" < /dev/null || { not_ok "the images are built"; finish; }
ok "the images are built"
check "engine.yaml names the images as they are" "$engine/images/build" --check
[ -n "${WOOCOMMERCE_ARCHIVE:-}" ] || contains "the build says that the plugin is missing" "$(cat "$work/build.log")" "The plugin WooCommerce is missing"
# What they were in November 2026 and 15 % more, and a plugin on top.
declare -A megabytes=([woocommerce]=138 [woocommerce-mariadb]=58)
[ -z "${WOOCOMMERCE_ARCHIVE:-}" ] || megabytes[woocommerce]=178
while IFS=$'\t' read -r reference archive; do
  name=${reference##*/}; name=${name%%:*}
  archive_at_most "$name" "$archive" "${megabytes[$name]}"
done < "$work/built"
# The archives, not the references: one reference stands for the image with and without the plugin.
while IFS=$'\t' read -r reference archive; do
  case $reference in *mariadb*) image=mariadb ;; *) image=wordpress ;; esac
  images_buildah rmi --force "$reference" > /dev/null 2>&1
  container[$image]=$(images_buildah from --quiet "oci-archive:$archive") || { not_ok "$image: the image opens"; finish; }
done < "$work/built"
label=$(images_buildah inspect --type container --format '{{index .OCIv1.Config.Labels "dev.souk.woocommerce"}}' "${container[wordpress]}")
printf '# WooCommerce in the image: %s\n' "$label"
inside=$(images_buildah mount "${container[wordpress]}")

# An archive that has the announced hash but no plugin is found out where it is unpacked.
unpack() {
  cp "$engine/images/wordpress/unpack-plugin.php" "$inside/tmp/unpack.php"; rm -rf "$inside/tmp/plugin"; mkdir -p "$inside/tmp/plugin"; cp "$1" "$inside/tmp/archive"
  chroot "$inside" php /tmp/unpack.php /tmp/archive /srv/wordpress 2>&1; local code=$?
  rm -rf "$inside/tmp/plugin" "$inside/tmp/archive" "$inside/tmp/unpack.php"; return $code
}
contains "a file that is no archive is refused" "$(unpack "$work/archive" || echo refused)" "neither a zip nor a tar file.
refused"
mkdir "$work/woo"; printf '<?php\n/**\n * Plugin Name: WooCommerce\n * Version: 1.0\n * Requires at least: 99.0\n */\n' > "$work/woo/woocommerce.php"
tar -C "$work" -czf "$work/source.tgz" woo
contains "the plugin's source is refused" "$(unpack "$work/source.tgz" || echo refused)" "not the built plugin"
mkdir "$work/woo/vendor"; touch "$work/woo/vendor/autoload.php"
(cd "$work" && python3 -m zipfile -c new.zip woo)
contains "a plugin for a newer WordPress is refused" "$(unpack "$work/new.zip" || echo refused)" "asks for WordPress 99.0; this image has 6.8"
check "nothing of a refused archive stays" test ! -e "$inside/srv/wordpress/wp-content/plugins/woo"

base=$((30100 + RANDOM % 2600)) # above the ports of boxes, below the range the kernel gives away
export DATABASE_PORT=$base LISTEN_PORT=$((base + 1)) STATUS_PORT=$((base + 2))
export KEY_SECRET=keys-$RANDOM$RANDOM DATABASE_PASSWORD="db-$RANDOM'\\$RANDOM" ADMIN_PASSWORD=admin-$RANDOM$RANDOM STORE_NAME="Ann's \"shop\"" STORE_URL=http://ann.localhost:$LISTEN_PORT
mkdir "$work/data" "$work/uploads" "$work/term" "$work/run"
chown 999:999 "$work/data"; chown 33:33 "$work/uploads" "$work/term" "$work/run"

# Always in a subshell or the background: it becomes the program, so that signals reach it.
run_in() { exec "$root/tools/images/run" "$@"; }
mariadb_options() { options=(--env DATABASE_PASSWORD --env MARIADB_PORT="$DATABASE_PORT" --env MARIADB_BUFFER_POOL=32M
  --bind "$work/data:/var/lib/mysql" --tmpfs /run/mysqld --tmpfs /tmp "${container[mariadb]}"); }
mariadb() { # in a process group of its own, so that all of it can be killed at once, as Kubernetes kills a container
  mariadb_options
  setsid "$root/tools/images/run" "${options[@]}" >> "$work/mariadb.log" 2>&1 < /dev/null &
  pid[mariadb]=$!
}
wordpress=(--env DATABASE_PASSWORD --env DATABASE_PORT --env STORE_URL --env KEY_SECRET --bind "$work/uploads:/srv/wordpress/wp-content/uploads" --tmpfs /tmp)
setup_env=(--env STORE_NAME --env ADMIN_USERNAME=admin --env ADMIN_PASSWORD --env ADMIN_EMAIL=admin@ann.example.com --env STORE_CURRENCY=EUR
  --env STORE_COUNTRY=DE:DE-BE --env TERMINATION_LOG=/term/log --bind "$work/term:/term")
setup() { rm -f "$work/term/log"; ( run_in "${wordpress[@]}" "${setup_env[@]}" --env DATABASE_WAIT_SECONDS="${wait:-60}" "${container[wordpress]}" setup >> "$work/setup.log" 2>&1 < /dev/null ); }
said() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/term/log" "$1" 2>&1; }
json() { python3 -c '
import json, sys
v = json.load(sys.stdin)
for k in sys.argv[1].split("."):
    v = v[int(k)] if isinstance(v, list) else v[k]
print(v if isinstance(v, str) else json.dumps(v))' "$1" 2>&1; }
sql() { # as the shop's user, by TCP
  MYSQL_PWD=$DATABASE_PASSWORD chroot "$(images_buildah mount "${container[mariadb]}")" mariadb --no-defaults --skip-ssl --protocol=tcp --host=127.0.0.1 --port="$DATABASE_PORT" \
    --user="${user:-wordpress}" --skip-column-names --batch wordpress -e "$1" 2>&1
}
option() { sql "SELECT option_value FROM wp_options WHERE option_name = '$1'"; }
status() { curl -s --max-time 20 -o /dev/null -w '%{http_code}' -H "Host: ann.localhost:$LISTEN_PORT" "http://127.0.0.1:$LISTEN_PORT$1"; }
ready() { curl -s --max-time 20 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$STATUS_PORT/ready"; }
table() { printf '%s %s %s' "$(status /)" "$(status /wp-login.php)" "$(status '/wp-json/wc/store/v1/products')"; }
login() {
  rm -f "$work/cookies"
  curl -s -o /dev/null -c "$work/cookies" -H "Host: ann.localhost:$LISTEN_PORT" "http://127.0.0.1:$LISTEN_PORT/wp-login.php"
  curl -s -o /dev/null -w '%{http_code} %{redirect_url}' -b "$work/cookies" -c "$work/cookies" -H "Host: ann.localhost:$LISTEN_PORT" \
    --data-urlencode log=admin --data-urlencode "pwd=$1" -d testcookie=1 --data-urlencode "redirect_to=$STORE_URL/wp-admin/" "http://127.0.0.1:$LISTEN_PORT/wp-login.php"
}
plugin_missing() {
  setup; equal "$1: setup ends for good" "$?" 42
  equal "$1: setup names the reason" "$(said reason)" EnginePluginMissing
}

# --- from here to the end of setup, no command line has a secret
watch_arguments DATABASE_PASSWORD ADMIN_PASSWORD KEY_SECRET

# --- database: a first start that is cut off leaves nothing half made
mariadb_options; in_container first "${options[@]}"
for _ in $(seq 600); do [ -d "$work/data/data.new/mysql" ] && break; sleep 0.05; done
signal first TERM
check "asked to end in its first moments it ends" ended first 30
check "and leaves nothing under the final name" test ! -e "$work/data/data"
rm -rf "$work/data/data.new"
mariadb
for _ in $(seq 600); do [ -d "$work/data/data.new/mysql" ] && break; sleep 0.05; done
kill -KILL -- "-${pid[mariadb]}" 2>/dev/null; { wait "${pid[mariadb]}"; } 2>/dev/null
check "a first start that is killed leaves nothing under the final name" test ! -e "$work/data/data"
started=$(date +%s.%N)
mariadb
check "MariaDB comes up after that" open_port "$DATABASE_PORT"
[ "$failed" -eq 0 ] || finish
printf '# database after %s s\n' "$(since "$started")"
equal "the shop's user owns its database and nothing else" "$(sql 'SHOW DATABASES' | tr '\n' ' ')" "information_schema wordpress "
equal "a wrong password is refused" "$(DATABASE_PASSWORD=wrong sql 'SELECT 1' | grep -c '^ERROR 1045')" 1
equal "root is not reachable by TCP" "$(user=root sql 'SELECT 1' | grep -c '^ERROR')" 1
equal "nobody is anonymous" "$(user=nobody sql 'SELECT 1' | grep -c '^ERROR')" 1
# What the chart's probe asks. The socket is in the container's own /run, so this goes in by the process.
probe() { nsenter --target "$(pgrep -x -g "${pid[mariadb]}" mariadbd)" --mount --root setpriv --reuid 999 --regid 999 --clear-groups mariadb --no-defaults --skip-column-names --batch --socket=/run/mysqld/mysqld.sock --user="$1" --execute='SELECT 1' 2>&1; }
equal "the chart's probe is answered" "$(probe "$(grep -o 'user=[a-z]*' "$engine/chart/templates/mariadb.yaml" | cut -d= -f2)")" 1
equal "text is utf8mb4" "$(sql 'SELECT @@character_set_database')" utf8mb4

# --- the server on an empty database
setsid "$root/tools/images/run" "${wordpress[@]}" --env LISTEN_PORT --env STATUS_PORT --env WORKERS=5 --env CRON_SECONDS=2 --bind "$work/run:/run/apache2" \
  "${container[wordpress]}" serve > "$work/wordpress.log" 2>&1 < /dev/null & pid[wordpress]=$!
check "the server listens" open_port "$LISTEN_PORT"
equal "empty database: pages lead to the installation" "$(table)" "302 302 302"
equal "empty database: which nobody but setup may run" "$(status /wp-admin/install.php)" 403
equal "empty database: not ready" "$(ready)" 503

# --- setup
if [ "$label" = none ]; then
  started=$(date +%s.%N)
  plugin_missing "without the plugin"
    equal "its steps ran in order" "$(grep -o 'step [a-z]* ended with [0-9]*' "$work/setup.log" | tr '\n' ',')" 'step core ended with 0,step plugin ended with 1,'
  printf '# setup as far as the plugin after %s s\n' "$(since "$started")"
  contains "its message says what to do" "$(said message)" "WOOCOMMERCE_ARCHIVE"
  equal "its termination message fits" "$(($(stat -c %s "$work/term/log") < 4096))" 1
  equal "core only: pages answer, the shop's API does not" "$(table)" "200 200 404"
  equal "core only: not ready" "$(ready)" 503
else
  started=$(date +%s.%N)
  setup; equal "setup ends well" "$?" 0
  printf '# setup after %s s\n' "$(since "$started")"
  equal "the shop answers" "$(table)" "200 200 200"
  equal "and is ready" "$(ready)" 200
fi
equal "the shop has its name" "$(option blogname)" "Ann&#039;s &quot;shop&quot;"
equal "the shop has its address" "$(option siteurl)" "$STORE_URL"
equal "links are pretty" "$(option permalink_structure)" "/%postname%/"
count() { sql "SELECT (SELECT count(*) FROM wp_users), (SELECT count(*) FROM wp_posts WHERE post_type IN ('post', 'product') AND post_status = 'publish'), (SELECT count(*) FROM wp_posts WHERE post_type = 'page' AND post_status = 'publish'), (SELECT count(*) FROM wp_terms), (SELECT count(*) FROM wp_options WHERE option_name LIKE 'souk%')"; }
once=$(count)
[ "$label" != none ] || equal "one user, no post, no page, one category" "$once" "$(printf '1\t0\t0\t1\t1')"
setup; again=$?
equal "setup again ends as before" "$again" "$([ "$label" = none ] && echo 42 || echo 0)"
equal "setup again changes nothing" "$(count)" "$once"
equal "no secret was in a command line, but the planted one" "$(watched)" PLANTED

# --- the admin
contains "the admin logs in by form and cookie, on plain HTTP" "$(login "$ADMIN_PASSWORD")" "302 $STORE_URL/wp-admin/"
contains "and sees the admin" "$(curl -s -b "$work/cookies" -H "Host: ann.localhost:$LISTEN_PORT" "http://127.0.0.1:$LISTEN_PORT/wp-admin/")" wpadminbar
contains "but may not add code" "$(curl -s -b "$work/cookies" -H "Host: ann.localhost:$LISTEN_PORT" "http://127.0.0.1:$LISTEN_PORT/wp-admin/plugin-install.php")" "not allowed"
equal "a wrong password does not" "$(login wrong)" "200 "
equal "the password is in no table" "$(sql "SELECT count(*) FROM wp_users WHERE user_pass LIKE '%$ADMIN_PASSWORD%'")" 0

# --- what must not be served; .htaccess files are not read
mkdir -p "$work/uploads/wc-logs" "$work/uploads/woocommerce_uploads/2026" "$work/uploads/2026"
for file in wc-logs/fatal.log woocommerce_uploads/2026/book.pdf 2026/a.php 2026/a.PHP7 2026/a.php.jpg 2026/a.phtml 2026/.htaccess 2026/a.jpg; do echo '<?php echo 6*7;' > "$work/uploads/$file"; done
chown -R 33:33 "$work/uploads"
up=/wp-content/uploads
equal "a picture is served" "$(status $up/2026/a.jpg)" 200
for path in $up/wc-logs/fatal.log $up/woocommerce_uploads/2026/book.pdf $up//wc-logs/fatal.log $up/2026/../wc-logs/fatal.log $up/%77c-logs/fatal.log $up/2026/a.php $up/2026/a.PHP7 \
  $up/2026/a.php.jpg $up/2026/a.phtml $up/2026/.htaccess /xmlrpc.php /wp-config.php /wp-admin/install.php /wp-admin/setup-config.php /readme.html; do
  equal "denied: $path" "$(curl -s --path-as-is -o /dev/null -w '%{http_code}' "http://127.0.0.1:$LISTEN_PORT$path")" 403
done
equal "the status port serves nothing else" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$STATUS_PORT/wp-login.php")" 404
in_image() { HTTP_HOST=x chroot "$inside" php "$@" 2>&1; }
equal "files are written directly, never by FTP" "$(in_image -r 'define("WP_INSTALLING", true); require "/srv/wordpress/wp-load.php"; require ABSPATH . "wp-admin/includes/file.php"; echo get_filesystem_method(), WP_Filesystem() ? " yes" : " no";')" "direct yes"
equal "nothing outside is called" "$(in_image -r 'define("WP_INSTALLING", true); require "/srv/wordpress/wp-load.php"; $a = wp_remote_get("https://example.com/"); echo is_wp_error($a) ? $a->get_error_code() : "called";')" http_request_not_executed

# --- a setup that was killed halfway: "installed", but without user, roles and links
sql "DELETE FROM wp_users; DELETE FROM wp_usermeta; DELETE FROM wp_options WHERE option_name IN ('wp_user_roles', 'souk_core', 'permalink_structure', 'rewrite_rules')" > /dev/null
setup; equal "setup after one that was killed halfway goes on" "$?" "$again"
equal "and repairs what was half done" "$(count)" "$once"
contains "so that the admin logs in" "$(login "$ADMIN_PASSWORD")" "302 $STORE_URL/wp-admin/"
equal "and links are pretty" "$(option permalink_structure)" "/%postname%/"
# The owner's changes stay.
sql "UPDATE wp_users SET user_login = 'boss'; UPDATE wp_options SET option_value = 'New name' WHERE option_name = 'blogname'" > /dev/null
setup
equal "setup leaves an owner's changes alone" "$(option blogname) $(sql 'SELECT count(*), max(user_login) FROM wp_users' | tr '\t' ' ')" "New name 1 boss"

# --- two at once, on an empty database
sql "DROP DATABASE wordpress; CREATE DATABASE wordpress" > /dev/null
setup & first=$!
( run_in "${wordpress[@]}" "${setup_env[@]}" --env TERMINATION_LOG=/tmp/log "${container[wordpress]}" setup >> "$work/setup2.log" 2>&1 < /dev/null ); second=$?
wait "$first"; equal "two setups at once end as one" "$? $second" "$again $again"
equal "and make one shop" "$(count)" "$once"

# --- background work: for a shop that is ready, and not before
due() { in_image -r 'define("WP_INSTALLING", true); require "/srv/wordpress/wp-load.php"; echo count(array_filter(array_keys(_get_cron_array()), fn($at) => $at <= time()));'; }
if [ "$label" = none ]; then
  status / > /dev/null; sleep 5
  check "background work waits until the shop is ready" test "$(due)" -gt 0
  sql "INSERT INTO wp_options (option_name, option_value, autoload) VALUES ('souk_setup', 'done', 'on')" > /dev/null
  equal "ready is what setup says" "$(ready)" 200
  for _ in $(seq 120); do [ "$(due)" = 0 ] && break; sleep 0.5; done
  equal "background work is done then" "$(due)" 0
  sql "DELETE FROM wp_options WHERE option_name = 'souk_setup'" > /dev/null
fi

# --- memory
for _ in 1 2 3 4 5; do { status /; status '/?s=mug'; status /wp-login.php; } > /dev/null & loads+=($!); done; wait "${loads[@]}"
pss() { # of a process group: memory, shared parts counted once; MiB
  local sum=0 one
  for one in $(pgrep -g "$1"); do sum=$((sum + $(awk '/^Pss:/ {print $2}' "/proc/$one/smaps_rollup" 2>/dev/null || echo 0))); done
  echo $((sum / 1024))
}
memory=$(pss "${pid[wordpress]}"); check "five workers stay below 256 MiB ($memory MiB)" test "$memory" -lt 256 -a "$memory" -gt 20
memory=$(pss "${pid[mariadb]}"); check "MariaDB stays below 160 MiB ($memory MiB)" test "$memory" -lt 160 -a "$memory" -gt 20

# --- a real order
if [ "$label" != none ]; then
  store() { curl -s --max-time 60 -D "$work/headers" -X "$1" "http://127.0.0.1:$LISTEN_PORT/wp-json/wc/store/v1$2" -H "Host: ann.localhost:$LISTEN_PORT" -H 'Content-Type: application/json' ${cart:+-H "Cart-Token: $cart"} ${3:+-d "$3"}; }
  cart=''
  equal "orders have tables of their own" "$(option woocommerce_custom_orders_table_enabled)" yes
  equal "the shop is not hidden" "$(option woocommerce_coming_soon)" no
  products=$(store GET /products)
  equal "three products are for sale" "$(python3 -c 'import json,sys; print(len(json.load(sys.stdin)))' <<< "$products")" 3
  contains "the shop shows one" "$(curl -s -H "Host: ann.localhost:$LISTEN_PORT" "http://127.0.0.1:$LISTEN_PORT/shop/")" "$(json 0.name <<< "$products")"
  contains "the first page does, too" "$(curl -s -H "Host: ann.localhost:$LISTEN_PORT" "http://127.0.0.1:$LISTEN_PORT/")" "$(json 0.name <<< "$products")"
  store GET /cart > /dev/null
  cart=$(tr -d '\r' < "$work/headers" | sed -n 's/^[Cc]art-[Tt]oken: //p')
  equal "a product goes into the cart" "$(store POST /cart/add-item "{\"id\":\"$(json 0.id <<< "$products")\",\"quantity\":2}" | json items_count)" 2
  address='{"first_name":"B","last_name":"Uyer","address_1":"Weg 1","city":"Berlin","postcode":"10115","country":"DE","state":"DE-BE"'
  both="\"billing_address\":$address,\"email\":\"buyer@example.com\",\"phone\":\"+49301\"},\"shipping_address\":$address}"
  rate=$(store POST /cart/update-customer "{$both}" | json shipping_rates.0.shipping_rates.0.rate_id)
  store POST /cart/select-shipping-rate "{\"package_id\":0,\"rate_id\":\"$rate\"}" > /dev/null
  equal "the checkout is a draft" "$(store GET /checkout | json status)" checkout-draft
  order=$(store POST /checkout "{$both,\"payment_method\":\"cod\"}")
  equal "cash on delivery makes an order" "$(json status <<< "$order") $(json payment_result.payment_status <<< "$order")" "processing success"
  id=$(json order_id <<< "$order")
  equal "the cart is empty after it" "$(store POST /checkout "{$both,\"payment_method\":\"cod\"}" | json code)" woocommerce_rest_cart_empty
  equal "the order is in its own table" "$(sql "SELECT status, payment_method FROM wp_wc_orders WHERE id = $id" | tr '\t' ' ')" "wc-processing cod"
  login "$ADMIN_PASSWORD" > /dev/null
  contains "the admin sees it" "$(curl -s -b "$work/cookies" -H "Host: ann.localhost:$LISTEN_PORT" "http://127.0.0.1:$LISTEN_PORT/wp-admin/admin.php?page=wc-orders")" "order-$id"
  sql "DELETE FROM wp_posts WHERE post_type = 'product' LIMIT 1" > /dev/null; setup
  equal "a product the owner removed stays away" "$(sql "SELECT count(*) FROM wp_posts WHERE post_type = 'product'")" 2
fi

# --- the database hangs, goes and comes back
kill -STOP "${pid[mariadb]}"
equal "with a hanging database: not ready, within seconds" "$(ready)" 503
kill -CONT "${pid[mariadb]}"
kill "${pid[mariadb]}"; wait "${pid[mariadb]}" 2>/dev/null
equal "without the database: not ready, pages fail" "$(ready) $(table)" "503 500 500 500"
check "but the server listens on" open_port "$STATUS_PORT" 10
wait=2 setup; equal "without the database setup fails" "$?" 1
equal "and says why" "$(said reason)" DatabaseUnavailable
# The trap of 'exit code 0': WordPress alone ends well when its database is away.
step() { "$root/tools/images/run" "${wordpress[@]}" "${setup_env[@]}" --env SOUK_OUTCOME=/term/outcome "${container[step]}" "$1"; }
container[step]=$(images_buildah from --quiet "oci-archive:$(awk -F'\t' '/woocommerce:/ {print $2}' "$work/built")")
images_buildah config --entrypoint '["php","/usr/share/souk/setup/step.php"]' "${container[step]}"
( step core > "$work/step.log" 2>&1 < /dev/null ); equal "one step alone fails, too, although WordPress would end with 0" "$?" 1
contains "with WordPress' own words" "$(cat "$work/term/outcome")" "database connection"
mariadb
check "the database comes back" open_port "$DATABASE_PORT"
equal "and with it the pages" "$(status /wp-login.php)" 200
DATABASE_PASSWORD=wrong setup; equal "a wrong password fails" "$? $(said reason)" "1 DatabaseUnavailable"

# --- ends
kill -WINCH "${pid[wordpress]}"
for _ in $(seq 100); do kill -0 "${pid[wordpress]}" 2>/dev/null || break; sleep 0.1; done
wait "${pid[wordpress]}"; equal "the server stops gracefully" "$?" 0
unset 'pid[wordpress]'
equal "errors of PHP: none" "$(grep -c 'PHP Fatal\|PHP Parse' "$work/wordpress.log")" 0
finish
