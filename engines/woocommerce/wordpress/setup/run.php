<?php
// The setup Job: runs the three steps one after the other, each a PHP process of its own, under one lock. Safe to run any number of times.
// On failure TERMINATION_LOG says {"reason", "message"}. Exit code 0: the shop is made; 1: another try may help; 42: only a person can help.
declare(strict_types=1);

const STEPS = ['core', 'plugin', 'store'];
const FOR_A_PERSON = 42;

$child = null;

function fail(string $reason, string $message, bool $final = false): never
{
    global $child;
    $text = json_encode(['reason' => $reason, 'message' => mb_strimwidth($message, 0, 1500, '...')], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    file_put_contents(getenv('TERMINATION_LOG') ?: '/dev/termination-log', $text);
    fwrite(STDERR, "souk: setup failed: $text\n");
    if ($child) {
        proc_terminate($child, SIGKILL);
    }
    exit($final ? FOR_A_PERSON : 1);
}

pcntl_async_signals(true);
foreach ([SIGTERM, SIGINT, SIGWINCH] as $signal) {
    pcntl_signal($signal, static fn () => fail('SetupInterrupted', 'Setup was stopped before it was complete; it goes on where it was when it is tried again.'));
}

/** Waits for the database, which starts at the same time as this Job, and takes the lock: two installations at once spoil each other. */
function lock(): mysqli
{
    mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
    $end = time() + (int) (getenv('DATABASE_WAIT_SECONDS') ?: 300);
    for (;;) {
        try {
            $database = new mysqli(getenv('DATABASE_HOST') ?: '127.0.0.1', 'wordpress', (string) getenv('DATABASE_PASSWORD'), 'wordpress', (int) (getenv('DATABASE_PORT') ?: 3306));
            break;
        } catch (mysqli_sql_exception $error) {
            // 1045: it is there and refuses us. It listens only when it is complete, so waiting does not help.
            if ($error->getCode() === 1045) {
                fail('DatabaseUnavailable', 'MariaDB refuses the password of the user wordpress: the volume may be of another store, or the Secret was replaced.');
            }
            if (time() >= $end) {
                fail('DatabaseUnavailable', 'MariaDB does not answer: ' . $error->getMessage());
            }
            usleep(200_000);
        }
    }
    if ($database->query("SELECT GET_LOCK('souk-setup', 300)")->fetch_row()[0] !== '1') {
        fail('SetupInterrupted', 'Another setup of this store has been running for five minutes.');
    }
    return $database;
}

/** The step's own words when it failed, else null. */
function run(string $step): ?array
{
    global $child;
    $outcome = tempnam('/tmp', 'souk-setup-');
    $started = microtime(true);
    $child = proc_open([PHP_BINARY, __DIR__ . '/step.php', $step], [['file', '/dev/null', 'r'], STDERR, STDERR], $pipes, null, ['SOUK_OUTCOME' => $outcome] + getenv());
    do {
        usleep(20_000);
        $status = proc_get_status($child);
    } while ($status['running']);
    proc_close($child);
    $child = null;
    $said = json_decode((string) file_get_contents($outcome), true);
    unlink($outcome);
    fprintf(STDERR, "souk: step %s ended with %d after %.1f s\n", $step, $status['exitcode'], microtime(true) - $started);
    if ($status['exitcode'] === 0) {
        return null;
    }
    return $said ?? ['reason' => 'SetupFailed', 'message' => "The step $step ended with {$status['exitcode']} and did not say why.", 'final' => false];
}

foreach (['STORE_URL', 'STORE_NAME', 'KEY_SECRET', 'DATABASE_PASSWORD', 'ADMIN_USERNAME', 'ADMIN_PASSWORD', 'ADMIN_EMAIL'] as $name) {
    (getenv($name) ?: '') !== '' || fail('SetupFailed', "The environment variable $name is not set.", true);
}
$database = lock();
foreach (STEPS as $step) {
    $failure = run($step);
    if ($failure) {
        fail($failure['reason'], $failure['message'], $failure['final']);
    }
}
fwrite(STDERR, "souk: the shop is made\n");
