/**
 * The laws of schedules and optimizers, as jqwik suites. A plugin's test extends one of them and
 * says which instances to try; the library's own plugins pass the same suites.
 */
@NullMarked
package dev.anneal.testkit;

import org.jspecify.annotations.NullMarked;
