/**
 * Convolutions of images and their gradients. {@link dev.anneal.core.convolution.PatchProduct} is
 * the matrix product of patches and weights, with tiles that read the patches where they lie in the
 * image; how that is, and when an image is copied to have zeros around it, is known to {@code
 * Patches} alone. How windows move is said in {@code dev.anneal.core.window}.
 */
package dev.anneal.core.convolution;
