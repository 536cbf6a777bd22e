/**
 * An example of a plugin: a schedule and an optimizer of one's own, and the provider that the
 * service loader finds them by. Copy the folder, rename the package, and write your own.
 */
package com.example.plugin;
