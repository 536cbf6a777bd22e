/**
 * How windows move over images: {@link dev.anneal.core.window.Geometry} says what they see there,
 * for convolutions and for pools.
 */
package dev.anneal.core.window;
