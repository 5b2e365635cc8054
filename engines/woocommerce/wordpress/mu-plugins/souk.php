<?php
/**
 * Plugin Name: Souk
 * Description: What this image is not made for is switched off here.
 */

// There is no mailer in the image; say so at once, not after a search for one.
add_filter('pre_wp_mail', static fn ($done) => $done ?? false);

// Code comes with the image: nothing to look for, and no advice to update.
foreach (['wp_version_check', 'wp_update_plugins', 'wp_update_themes'] as $action) {
    add_filter('pre_schedule_event', static fn ($done, $event) => $event->hook === $action ? false : $done, 10, 2);
}
add_filter('site_status_tests', static function (array $tests): array {
    foreach (['background_updates', 'plugin_theme_auto_updates', 'update_temp_backup_writable', 'available_updates_disk_space'] as $name) {
        unset($tests['async'][$name], $tests['direct'][$name]);
    }
    return $tests;
});
