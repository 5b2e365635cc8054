<?php
// WordPress' configuration; all of a store's own comes from the environment.

function souk_environment(string $name, ?string $default = null): string
{
    $value = getenv($name);
    if ($value === false || $value === '') {
        if ($default === null) {
            http_response_code(500);
            error_log("The environment variable $name is not set.");
            exit(1);
        }
        return $default;
    }
    return $value;
}

define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', souk_environment('DATABASE_PASSWORD'));
define('DB_HOST', souk_environment('DATABASE_HOST', '127.0.0.1') . ':' . souk_environment('DATABASE_PORT', '3306'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

// One secret, eight keys.
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $key) {
    define($key, hash_hmac('sha256', $key, souk_environment('KEY_SECRET')));
}

define('WP_HOME', souk_environment('STORE_URL'));
define('WP_SITEURL', WP_HOME);
// TLS ends at the entry point.
if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') {
    $_SERVER['HTTPS'] = 'on';
}
if (str_starts_with(WP_HOME, 'https:')) {
    define('FORCE_SSL_ADMIN', true);
}

// The code is the image's: nobody installs, edits or updates it here.
define('DISALLOW_FILE_MODS', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
// Without this WordPress tries FTP where the code is not PHP's own, and WooCommerce's order log ends a checkout with 500.
define('FS_METHOD', 'direct');
// The image's start script calls wp-cron.php.
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', souk_environment('OUTGOING', 'no') !== 'yes');
define('WP_POST_REVISIONS', 5);

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
