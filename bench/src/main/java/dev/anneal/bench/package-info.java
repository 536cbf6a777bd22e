/** Measurements with JMH. */
@NullMarked
package dev.anneal.bench;

import org.jspecify.annotations.NullMarked;
