/**
 * The product of two matrices, and how matrices lie in memory. {@link
 * dev.anneal.core.matrix.MatrixProduct} is where to begin; {@link dev.anneal.core.matrix.Layout}
 * says where an element is, and an {@link dev.anneal.core.matrix.Epilogue} takes a block of the
 * result before it reaches memory. The order of additions here is a promise of PRECISION.md.
 * Functions of matrices that one optimizer needs, such as a decomposition, do not belong here.
 */
package dev.anneal.core.matrix;
