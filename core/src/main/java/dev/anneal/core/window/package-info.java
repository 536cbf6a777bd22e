/**
 * How windows move over images, for convolutions and for pools: {@link
 * dev.anneal.core.window.Window} is what moves, {@link dev.anneal.core.window.Geometry} what it and
 * images make of each other. Authors of layers name these; what computes with them is elsewhere.
 */
package dev.anneal.core.window;
