/**
 * An example of a plugin: a schedule, an optimizer and an optimizer around another of one's own,
 * and the provider that the service loader finds them by. Copy the folder, rename the package, and
 * write your own.
 */
package com.example.plugin;
