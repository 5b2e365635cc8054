<?php
// One step of setup in a process of its own:  step.php core|plugin|store
// WordPress ends with an HTML page and exit code 0 when its database is away. So nothing counts as done until the end of this file was reached.
declare(strict_types=1);

const WORDPRESS = '/srv/wordpress';

/** Ends the step with a reason for a person. $final: trying again does not help. */
final class SetupFailure extends RuntimeException
{
    public function __construct(public readonly string $reason, string $message, public readonly bool $final = false)
    {
        parent::__construct($message);
    }
}

$souk_step = $argv[1] ?? '';
$souk_failure = ['reason' => 'SetupFailed', 'message' => '', 'final' => false];
$souk_done = false;

ob_start();
set_exception_handler(static function (Throwable $error) use (&$souk_failure): void {
    $souk_failure = $error instanceof SetupFailure
        ? ['reason' => $error->reason, 'message' => $error->getMessage(), 'final' => $error->final]
        : ['reason' => 'SetupFailed', 'message' => get_class($error) . ': ' . $error->getMessage(), 'final' => false];
});
register_shutdown_function(static function () use (&$souk_done, &$souk_failure, $souk_step): void {
    if ($souk_done) {
        return;
    }
    $printed = '';
    while (ob_get_level() > 0) {
        $printed = ob_get_clean() . $printed;
    }
    if ($souk_failure['message'] === '') {
        $text = trim(preg_replace('/\s+/', ' ', html_entity_decode(strip_tags(preg_replace('#<(style|script|title)\b.*?</\1>#is', '', $printed)))));
        $souk_failure['message'] = "The step $souk_step was ended by WordPress: " . ($text !== '' ? $text : (error_get_last()['message'] ?? 'it did not say why'));
    }
    file_put_contents(getenv('SOUK_OUTCOME') ?: 'php://stderr', json_encode($souk_failure, JSON_INVALID_UTF8_SUBSTITUTE));
    exit(1);
});

// What WordPress expects of a request.
$souk_url = parse_url((string) getenv('STORE_URL'));
$_SERVER['HTTP_HOST'] = $souk_url['host'] . (isset($souk_url['port']) ? ':' . $souk_url['port'] : '');
$_SERVER['SERVER_NAME'] = $souk_url['host'];
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
if ($souk_url['scheme'] === 'https') {
    $_SERVER['HTTP_X_FORWARDED_PROTO'] = 'https';
}

if ($souk_step === 'core') {
    define('WP_INSTALLING', true);
}
in_array($souk_step, ['core', 'plugin', 'store'], true) || throw new SetupFailure('SetupFailed', "There is no step '$souk_step'.", true);
if ($souk_step === 'plugin' && !is_file(WORDPRESS . '/wp-content/plugins/woocommerce/woocommerce.php')) {
    throw new SetupFailure('EnginePluginMissing', 'The image of this engine was built without the plugin WooCommerce: give the build its archive '
        . '(WOOCOMMERCE_ARCHIVE and WOOCOMMERCE_SHA256), load the new image, and retry.', true);
}
// Here, not in a function: WordPress expects the global scope.
require_once WORDPRESS . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require __DIR__ . "/$souk_step.php";
$souk_done = true;
