<?php
// Activates WooCommerce, which makes its tables and pages.
declare(strict_types=1);

const PLUGIN = 'woocommerce/woocommerce.php';

if (!is_plugin_active(PLUGIN)) {
    // Left by an activation that was killed: WooCommerce would then do nothing for ten minutes and say so to nobody. We hold setup's own lock.
    delete_transient('wc_installing');
    $GLOBALS['wpdb']->delete($GLOBALS['wpdb']->options, ['option_name' => 'wc_installing']);
    $result = activate_plugin(PLUGIN);
    if (is_wp_error($result)) {
        throw new SetupFailure('PluginNotActivated', 'WordPress cannot activate WooCommerce: ' . $result->get_error_message());
    }
}
