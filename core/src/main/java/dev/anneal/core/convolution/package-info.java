/** Convolutions of images, computed with the tiles of the code generator. */
package dev.anneal.core.convolution;
