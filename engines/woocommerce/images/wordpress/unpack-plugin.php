<?php
// Unpacks the WooCommerce archive (zip or tar) into a WordPress and prints the plugin's version; refuses what cannot work there.
// Runs while the image is built:  php unpack-plugin.php ARCHIVE WORDPRESS
declare(strict_types=1);

[, $archive, $wordpress] = $argv;

function refuse(string $why): never
{
    fwrite(STDERR, "The WooCommerce archive cannot be used: $why\n");
    exit(1);
}

$folder = '/tmp/plugin/unpacked';
mkdir($folder);
if (file_get_contents($archive, length: 4) === "PK\x03\x04") {
    $zip = new ZipArchive();
    $zip->open($archive) === true && $zip->extractTo($folder) || refuse('it is no readable zip file.');
} else {
    exec('tar -xf ' . escapeshellarg($archive) . ' -C ' . escapeshellarg($folder) . ' --no-same-owner --no-same-permissions 2>&1', $output, $code);
    $code === 0 || refuse('it is neither a zip nor a tar file.');
}

// The plugin's folder itself, or the folder that holds it.
$found = array_merge(glob("$folder/woocommerce.php"), glob("$folder/*/woocommerce.php"));
$found !== [] || refuse('there is no woocommerce.php in it. Take the archive of the plugin, not of its source.');
$plugin = dirname($found[0]);
is_file("$plugin/vendor/autoload.php") || refuse('it holds the source, not the built plugin: vendor/autoload.php is missing.');

$head = file_get_contents($found[0], length: 8192);
$field = static fn (string $name): string => preg_match('/^[ \t\/*#@]*' . $name . ':\s*(.+)$/mi', $head, $match) ? trim($match[1]) : '';
$field('Plugin Name') === 'WooCommerce' || refuse("it holds the plugin \"{$field('Plugin Name')}\".");
require "$wordpress/wp-includes/version.php";
version_compare($wp_version, $field('Requires at least') ?: '0', '>=')
    || refuse("WooCommerce {$field('Version')} asks for WordPress {$field('Requires at least')}; this image has $wp_version.");
version_compare(PHP_VERSION, $field('Requires PHP') ?: '0', '>=')
    || refuse("WooCommerce {$field('Version')} asks for PHP {$field('Requires PHP')}; this image has " . PHP_VERSION . '.');

rename($plugin, "$wordpress/wp-content/plugins/woocommerce") || refuse('it could not be moved into its place.');
exec('chown -R 0:0 ' . escapeshellarg("$wordpress/wp-content/plugins") . ' && chmod -R u=rwX,go=rX ' . escapeshellarg("$wordpress/wp-content/plugins"));
echo $field('Version'), "\n";
