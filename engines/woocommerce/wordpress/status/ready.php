<?php
// 200 when the database answers and setup is complete, else 503. WordPress itself is not loaded: this is asked every few seconds.
declare(strict_types=1);

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$why = 'setup is not complete';
try {
    $database = mysqli_init();
    $database->options(MYSQLI_OPT_CONNECT_TIMEOUT, 2);
    $database->options(MYSQLI_OPT_READ_TIMEOUT, 2);
    $database->real_connect(getenv('DATABASE_HOST') ?: '127.0.0.1', 'wordpress', getenv('DATABASE_PASSWORD'), 'wordpress', (int) (getenv('DATABASE_PORT') ?: 3306));
    $row = $database->query("SELECT option_value FROM wp_options WHERE option_name = 'souk_setup'")->fetch_row();
    if (($row[0] ?? '') === 'done') {
        echo "ready\n";
        exit;
    }
} catch (mysqli_sql_exception $error) {
    // 1146: no tables yet.
    $why = $error->getCode() === 1146 ? $why : 'the database does not answer';
}
http_response_code(503);
echo "$why\n";
