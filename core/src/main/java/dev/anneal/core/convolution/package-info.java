/**
 * Convolutions of images: {@link dev.anneal.core.convolution.Geometry} says what a window sees,
 * {@link dev.anneal.core.convolution.Convolution} computes with the tiles of the code generator.
 */
package dev.anneal.core.convolution;
